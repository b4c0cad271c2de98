package dev.waybill.server.page.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers, sizes and times as people read them.
public final class Wording {

  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Wording() {}

  /// `1,234,567`.
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `1 record`, `2 records`.
  public static String count(long number, String one, String many) {
    return count(number) + " " + (number == 1 ? one : many);
  }

  /// `99.98 %`; never rounded up to 100 nor down to 0.
  public static String percent(long part, long whole) {
    if (whole == 0 || part == 0) {
      return "0 %";
    }
    if (part == whole) {
      return "100 %";
    }
    double percent = 100.0 * part / whole;
    if (percent < 0.01) {
      return "< 0.01 %";
    }
    int digits = percent >= 99.9 || percent < 1 ? 2 : percent >= 10 && percent < 90 ? 0 : 1;
    String text = String.format(Locale.ROOT, "%." + digits + "f", percent);
    return text.startsWith("100") ? "> 99.99 %" : text + " %";
  }

  /// `850`, `12.4 k`, `1.2 M`: for axes and rates.
  public static String brief(double number) {
    if (number >= 999_950) {
      return trimmed(number / 1_000_000) + " M";
    }
    if (number >= 10_000) {
      return trimmed(number / 1_000) + " k";
    }
    return number >= 100 || number == Math.rint(number)
        ? String.format(Locale.ROOT, "%,d", Math.round(number))
        : trimmed(number);
  }

  private static String trimmed(double number) {
    String text = String.format(Locale.ROOT, "%.1f", number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /// `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
  public static String length(Duration time) {
    long millis = Math.max(0, time.toMillis());
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 10_000) {
      return trimmed(millis / 1_000.0) + " s";
    }
    long seconds = Math.round(millis / 1_000.0);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return two(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
    }
    return two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
  }

  private static String two(long first, String unit, long second, String smaller) {
    return first + " " + unit + (second == 0 ? "" : " " + second + " " + smaller);
  }

  /// `850 B`, `12.4 kB`, `1.2 MB`.
  public static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    if (bytes < 999_950) {
      return trimmed(bytes / 1e3) + " kB";
    }
    return bytes < 999_950_000 ? trimmed(bytes / 1e6) + " MB" : trimmed(bytes / 1e9) + " GB";
  }

  /// `just now`, `3 min ago`, `in 2 h`; days are not mixed with smaller units.
  public static String distance(Instant from, Instant now) {
    Duration gap = Duration.between(from, now);
    boolean past = !gap.isNegative();
    long seconds = gap.abs().toSeconds();
    if (seconds < 5) {
      return past ? "just now" : "now";
    }
    String amount =
        seconds < 60
            ? seconds + " s"
            : seconds < 3_600
                ? seconds / 60 + " min"
                : seconds < 86_400 ? seconds / 3_600 + " h" : days(seconds / 86_400);
    return past ? amount + " ago" : "in " + amount;
  }

  private static String days(long days) {
    return days == 1 ? "1 day" : days + " days";
  }

  /// `21 Nov 2026, 11:02:13 UTC`.
  public static String full(Instant time) {
    return FULL.format(time);
  }

  /// `11:02:13`, in UTC.
  public static String clock(Instant time) {
    return CLOCK.format(time);
  }

  /// The first letters of an id: enough to tell runs apart by eye.
  public static String shortened(String id) {
    return id.length() <= 8 ? id : id.substring(0, 8);
  }

  /// A number for SVG: two digits, no exponent.
  static String svg(double number) {
    String text = String.format(Locale.ROOT, "%.2f", number);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }
}
