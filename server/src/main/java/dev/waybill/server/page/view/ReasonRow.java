package dev.waybill.server.page.view;

import dev.waybill.run.ReasonDigest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reasons that are alike.
///
/// @param number its place among the run's, from 0
/// @param sameAs a piece of the message that all of them have, by which the records are found;
///   empty if there is none
/// @param width of its bar, in hundredths, beside the commonest reason
public record ReasonRow(
    int number,
    String disposition,
    @Nullable String code,
    String pattern,
    String sameAs,
    String count,
    String share,
    String width,
    List<ReasonDigest.Example> examples) {

  static ReasonRow of(int number, ReasonDigest.Group group, long most, long undelivered) {
    return new ReasonRow(
        number,
        group.disposition().name().toLowerCase(Locale.ROOT),
        group.code(),
        group.pattern(),
        longestPiece(group.pattern()),
        Wording.count(group.count()),
        Wording.percent(group.count(), Math.max(undelivered, group.count())),
        Wording.svg(Math.max(1, 100.0 * group.count() / Math.max(1, most))),
        group.examples());
  }

  /// The longest text between two left-out values.
  static String longestPiece(String pattern) {
    String longest = "";
    for (String piece : pattern.split("…", -1)) {
      longest = piece.length() > longest.length() ? piece : longest;
    }
    return longest.strip();
  }
}
