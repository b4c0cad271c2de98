package dev.waybill.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Checks that every byte of a file is in the preamble, in an empty line or in exactly one item.
final class Accounting {

  private Accounting() {}

  static void check(FileSource source, Reading reading, byte[] file) {
    byte[] preamble = source.preamble().toByteArray();
    assertThat(Arrays.copyOf(file, preamble.length)).isEqualTo(preamble);
    long at = preamble.length;
    long ordinal = 1;
    for (int i = 0; i < reading.items().size(); i++) {
      Origin origin = reading.places().get(i);
      assertThat(reading.items().get(i).ordinal()).isEqualTo(ordinal++);
      assertThat(between(file, at, origin.offset())).matches("[\r\n]*");
      at = origin.offset() + origin.bytes().length();
      assertThat(origin.bytes().text(StandardCharsets.ISO_8859_1))
          .isNotEmpty()
          .isEqualTo(between(file, origin.offset(), at));
    }
    assertThat(between(file, at, file.length)).matches("[\r\n]*");
  }

  /// Counts the line ends before each item by another way than the reader.
  static void checkLines(Reading reading, byte[] file) {
    for (Origin origin : reading.places()) {
      String before = between(file, 0, origin.offset());
      assertThat(origin.line())
          .isEqualTo(
              1 + before.replace("\r\n", "\n").chars().filter(c -> c == '\n' || c == '\r').count());
    }
  }

  private static String between(byte[] file, long from, long to) {
    return new String(file, (int) from, (int) (to - from), StandardCharsets.ISO_8859_1);
  }
}
