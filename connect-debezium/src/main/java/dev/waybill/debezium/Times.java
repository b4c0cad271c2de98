package dev.waybill.debezium;

import io.debezium.connector.postgresql.PostgresValueConverter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import org.postgresql.util.PGInterval;

/// Times in ISO 8601, whether they come from the decoder as objects or from the driver as
/// PostgreSQL writes them. What has no such form (`infinity`, years before Christ) stays as it is.
final class Times {

  /// What stands for times without end.
  private static final Map<Object, String> ENDLESS =
      Map.of(
          PostgresValueConverter.POSITIVE_INFINITY_INSTANT, "infinity",
          PostgresValueConverter.NEGATIVE_INFINITY_INSTANT, "-infinity",
          PostgresValueConverter.POSITIVE_INFINITY_OFFSET_DATE_TIME, "infinity",
          PostgresValueConverter.NEGATIVE_INFINITY_OFFSET_DATE_TIME, "-infinity",
          PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE, "infinity",
          PostgresValueConverter.NEGATIVE_INFINITY_LOCAL_DATE, "-infinity",
          PostgresValueConverter.POSITIVE_INFINITY_DATE, "infinity",
          PostgresValueConverter.NEGATIVE_INFINITY_DATE, "-infinity");

  private static final Duration DAY = Duration.ofDays(1);

  /// Behind the time of a text of PostgreSQL: `+02`, `+05:30`.
  private static final DateTimeFormatter ZONED_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendOffset("+HH:mm:ss", "+00")
          .toFormatter();

  private static final DateTimeFormatter ZONED =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(ZONED_TIME)
          .toFormatter();

  private Times() {}

  /// `2026-11-21`.
  static String date(Object raw) {
    String endless = ENDLESS.get(raw);
    if (endless != null) {
      return endless;
    }
    return raw instanceof java.sql.Date date ? date.toLocalDate().toString() : raw.toString();
  }

  /// `10:00:00.25`; PostgreSQL has 24:00 too.
  static String time(Object raw) {
    try {
      return switch (raw) {
        case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
        case Duration time when time.compareTo(DAY) >= 0 -> "24:00:00";
        case Duration time -> time(LocalTime.MIDNIGHT.plus(time));
        case String text when !text.startsWith("24") -> time(LocalTime.parse(text));
        default -> raw.toString();
      };
    } catch (DateTimeException e) {
      return raw.toString();
    }
  }

  /// In UTC: the log's decoder does not tell the zone in which it was given.
  static String timeWithZone(Object raw) {
    try {
      return switch (raw) {
        case OffsetTime time ->
            DateTimeFormatter.ISO_OFFSET_TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
        case String text -> timeWithZone(OffsetTime.parse(text, ZONED_TIME));
        default -> raw.toString();
      };
    } catch (DateTimeException e) {
      return raw.toString();
    }
  }

  /// `2026-11-21T10:00:00.25`.
  static String timestamp(Object raw) {
    String endless = ENDLESS.get(raw);
    if (endless != null) {
      return endless;
    }
    try {
      return switch (raw) {
        case LocalDateTime time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
        case Instant time -> timestamp(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        case String text -> timestamp(LocalDateTime.parse(text.replace(' ', 'T')));
        default -> raw.toString();
      };
    } catch (DateTimeException e) {
      return raw.toString();
    }
  }

  /// In UTC, whatever the zone of server and client: `2026-11-21T08:00:00Z`.
  static String timestampWithZone(Object raw) {
    String endless = ENDLESS.get(raw);
    if (endless != null) {
      return endless;
    }
    try {
      return switch (raw) {
        case OffsetDateTime time ->
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                time.withOffsetSameInstant(ZoneOffset.UTC));
        case String text -> timestampWithZone(OffsetDateTime.parse(text, ZONED));
        default -> raw.toString();
      };
    } catch (DateTimeException e) {
      return raw.toString();
    }
  }

  /// As the server writes it by default: `1 year 2 mons -3 days 04:05:06.7`.
  static String interval(PGInterval interval) {
    var text = new StringBuilder();
    part(text, interval.getYears(), "year");
    part(text, interval.getMonths(), "mon");
    part(text, interval.getDays(), "day");
    int micros = interval.getMicroSeconds();
    boolean isNegative =
        interval.getHours() < 0
            || interval.getMinutes() < 0
            || interval.getWholeSeconds() < 0
            || micros < 0;
    int hours = Math.abs(interval.getHours());
    int minutes = Math.abs(interval.getMinutes());
    int seconds = Math.abs(interval.getWholeSeconds());
    if (text.isEmpty() || hours + minutes + seconds > 0 || micros != 0) {
      boolean afterNegative = text.indexOf("-") >= 0;
      text.append(text.isEmpty() ? "" : " ").append(isNegative ? "-" : afterNegative ? "+" : "");
      text.append("%02d:%02d:%02d".formatted(hours, minutes, seconds));
      if (micros != 0) {
        text.append(("." + "%06d".formatted(Math.abs(micros))).replaceFirst("0+$", ""));
      }
    }
    return text.toString();
  }

  private static void part(StringBuilder text, int number, String unit) {
    if (number != 0) {
      boolean afterNegative = text.indexOf("-") >= 0;
      text.append(text.isEmpty() ? "" : " ")
          .append(afterNegative && number > 0 ? "+" : "")
          .append(number)
          .append(' ')
          .append(unit)
          .append(number == 1 ? "" : "s");
    }
  }
}
