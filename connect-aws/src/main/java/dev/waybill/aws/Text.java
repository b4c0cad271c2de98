package dev.waybill.aws;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Small matters of text.
final class Text {

  private static final Pattern SPACES = Pattern.compile("\\s+");

  /// Longer texts of a service are cut: the beginning says what is wrong.
  private static final int LONGEST = 500;

  private Text() {}

  /// A service's or library's message on one line, cut where it is very long.
  static String oneLine(@Nullable String text) {
    String line = text == null ? "no message" : SPACES.matcher(text).replaceAll(" ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /// Bytes of a text in UTF-8, without encoding it. A lone surrogate is encoded as one byte (`?`).
  static long utf8Length(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      if (c < 0x800) {
        bytes++;
      } else if (!Character.isSurrogate(c)) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 2;
        i++;
      }
    }
    return bytes;
  }
}
