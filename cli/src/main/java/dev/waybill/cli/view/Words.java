package dev.waybill.cli.view;

import java.time.Duration;
import java.util.Locale;

/// Numbers and times as a person reads them.
final class Words {

  private Words() {}

  /// `1,234`.
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `1 call`, `1,234 calls`.
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /// `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`.
  static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    } else if (seconds < 60) {
      return seconds + " s";
    } else if (seconds < 3_600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
  }

  /// `4`, `0.5`: a rate without needless digits.
  static String rate(double perSecond) {
    return perSecond == Math.rint(perSecond)
        ? count((long) perSecond)
        : String.format(Locale.ROOT, "%.1f", perSecond);
  }

  /// One line of a text, cut to a number of characters with an ellipsis.
  static String cut(String text, int most) {
    String line = text.replaceAll("\\s+", " ");
    int length = line.codePointCount(0, line.length());
    if (length <= most) {
      return line;
    }
    return most < 1 ? "" : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
  }
}
