package dev.waybill.redis;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Small matters of text.
final class Text {

  private static final Pattern SPACES = Pattern.compile("\\s+");

  /// Longer texts are cut: the beginning says what is wrong.
  private static final int LONGEST = 500;

  private Text() {}

  /// A message on one line, cut where it is very long.
  static String oneLine(@Nullable String text) {
    String line = text == null ? "no message" : SPACES.matcher(text).replaceAll(" ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
