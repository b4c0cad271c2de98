package dev.waybill.http;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Other people's words, made fit for a reason.
final class Text {

  /// Characters; enough for any message that a person wrote, and no page of HTML.
  private static final int LONGEST = 300;

  private static final Pattern SECRET =
      Pattern.compile("auth|token|secret|passw|cookie|(?<!idempotency-)key", CASE_INSENSITIVE);

  private Text() {}

  /// A header's value as it may be shown: one whose name tells of a secret is masked.
  static String masked(Header header) {
    return SECRET.matcher(header.name()).find() && !header.value().endsWith("***")
        ? "***"
        : header.value();
  }

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
