package dev.waybill.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Made-up contacts as a CSV file, ten columns and 200 bytes a row on the average; the same file
/// for the same number.
final class Contacts {

  private static final String HEADER =
      "id,email,first_name,last_name,street,city,postcode,country,birthday,note\n";

  private static final String[] FIRST = {"Ada", "Grace", "Alan", "Barbara", "Edsger", "Jürgen"};
  private static final String[] LAST = {"Lovelace", "Hopper", "Turing", "Liskov", "Müller"};
  private static final String[] CITY = {"London", "Zürich", "Springfield", "Aarhus", "São Paulo"};

  private Contacts() {}

  static void write(Path file, long rows) {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(HEADER.getBytes(StandardCharsets.UTF_8));
      var row = new StringBuilder(256);
      for (long id = 1; id <= rows; id++) {
        row.setLength(0);
        out.write(row(row, id).toString().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StringBuilder row(StringBuilder row, long id) {
    return row.append(1_000_000_000 + id)
        .append(",person.")
        .append(id)
        .append("@mail")
        .append(id % 100)
        .append(".example.com,")
        .append(FIRST[(int) (id % FIRST.length)])
        .append(',')
        .append(LAST[(int) (id % LAST.length)])
        .append(",\"")
        .append(1 + id % 250)
        .append(" Analytical Engine Street, back entrance\",")
        .append(CITY[(int) (id / 7 % CITY.length)])
        .append(',')
        .append(10_000 + id % 89_999)
        .append(",Switzerland,")
        .append(1940 + id % 60)
        .append("-0")
        .append(1 + id % 9)
        .append("-1")
        .append(id % 10)
        .append(",prefers letters to calls and calls to e-mail; met at fair ")
        .append(id % 1000)
        .append('\n');
  }
}
