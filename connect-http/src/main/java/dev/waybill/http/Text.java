package dev.waybill.http;

import org.jspecify.annotations.Nullable;

/// Other people's words, made fit for a reason.
final class Text {

  /// Characters; enough for any message that a person wrote, and no page of HTML.
  private static final int LONGEST = 300;

  private Text() {}

  /// On one line, and not longer than a person reads.
  static String cut(@Nullable String text) {
    if (text == null) {
      return "";
    }
    // Enough of the beginning that collapsing white space can not make it too short.
    String line =
        text.substring(0, Math.min(text.length(), 8 * LONGEST)).replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
