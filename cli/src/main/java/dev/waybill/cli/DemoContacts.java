package dev.waybill.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// Makes contacts of people that do not exist.
final class DemoContacts {

  private static final String[] FIRST = {
    "Ada", "Íñigo", "Grace", "Łukasz", "Mei", "Noor", "Olu", "Petra", "Ravi", "Zoë"
  };
  private static final String[] LAST = {
    "Byron", "Peña", "Hopper", "Nowak", "Chen", "Haddad", "Adeyemi", "Novák", "Patel", "Smit"
  };
  private static final String[] CITY = {
    "London", "Cádiz", "New York", "Kraków", "Taipei", "Amman", "Lagos", "Praha", "Kochi", "Utrecht"
  };

  /// Of so many, one has an address that the demonstration's API refuses.
  private static final int ONE_REFUSED_OF = 40;

  private DemoContacts() {}

  /// The same ones each time.
  static void write(Path file, int count) {
    var random = new SplittableRandom(count);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,email,first_name,last_name,city\n");
      for (int i = 1; i <= count; i++) {
        boolean refused = random.nextInt(ONE_REFUSED_OF) == 0;
        out.write(
            "%d,contact%d@%s,%s,%s,%s%n"
                .formatted(
                    i,
                    i,
                    refused ? "invalid.example" : "mail.example",
                    FIRST[random.nextInt(FIRST.length)],
                    LAST[random.nextInt(LAST.length)],
                    CITY[random.nextInt(CITY.length)]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
