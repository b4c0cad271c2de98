package dev.waybill.server.rest;

import dev.waybill.server.catalog.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `scheduleParams`: `startTime` (seconds since 1970), `frequency` and `interval`, or, beyond that
/// API, `cron` and `timezone`.
final class ScheduleForm {

  /// A flow that runs once is one whose next turn after the first nobody will see.
  private static final Duration NEVER_AGAIN = Duration.ofDays(36_500);

  /// 2286-11-20: whoever gives more gives milliseconds.
  private static final long LATEST = 9_999_999_999L;

  private ScheduleForm() {}

  /// @param params null for none
  /// @throws ApiProblem if there is something wrong with it
  static @Nullable Schedule schedule(@Nullable JsonObject params, Instant now) {
    if (params == null || params.members().isEmpty()) {
      return null;
    }
    String cron = params.text("cron");
    if (cron == null) {
      return periodic(params, now);
    }
    String zone = params.text("timezone");
    return Schedule.Cron.of(cron, zone == null ? "UTC" : zone);
  }

  private static @Nullable Schedule periodic(JsonObject params, Instant now) {
    String frequency = params.required("frequency").toLowerCase(Locale.ROOT);
    String start = params.text("startTime");
    Instant from = start == null ? now : Instant.ofEpochSecond(number(start, "startTime", 0));
    if (frequency.equals("once")) {
      Instant soon = now.plusSeconds(1);
      return start == null
          ? null
          : new Schedule.Every(from.isBefore(soon) ? soon : from, NEVER_AGAIN);
    }
    Duration unit =
        switch (frequency) {
          case "minute" -> Duration.ofMinutes(1);
          case "hour" -> Duration.ofHours(1);
          case "day" -> Duration.ofDays(1);
          case "week" -> Duration.ofDays(7);
          default ->
              throw ApiProblem.badValue(
                  frequency, "scheduleParams.frequency", "one of once, minute, hour, day, week");
        };
    String interval = params.text("interval");
    long times = interval == null ? 1 : number(interval, "interval", 1);
    if (times > 5_000_000) {
      throw ApiProblem.badValue(
          String.valueOf(times), "scheduleParams.interval", "a number up to 5000000");
    }
    return new Schedule.Every(from, unit.multipliedBy(times));
  }

  private static long number(String text, String name, long least) {
    if (text.matches("[0-9]{1,10}") && Long.parseLong(text) >= least) {
      return Long.parseLong(text);
    }
    throw ApiProblem.badValue(
        text,
        "scheduleParams." + name,
        name.equals("startTime")
            ? "whole seconds since 1970-01-01, up to " + LATEST
            : "a whole number from " + least + " on");
  }

  /// A schedule as the API shows it.
  static @Nullable JsonObject params(@Nullable Schedule schedule) {
    return switch (schedule) {
      case null -> null;
      case Schedule.Cron cron ->
          JsonObject.empty().put("cron", cron.expression()).put("timezone", cron.zone().getId());
      case Schedule.Every every -> {
        var params =
            JsonObject.empty().put("startTime", Long.toString(every.start().getEpochSecond()));
        if (every.interval().equals(NEVER_AGAIN)) {
          yield params.put("frequency", "once");
        }
        long minutes = Math.max(1, every.interval().toMinutes());
        String unit =
            minutes % 10_080 == 0
                ? "week"
                : minutes % 1_440 == 0 ? "day" : minutes % 60 == 0 ? "hour" : "minute";
        long size =
            switch (unit) {
              case "week" -> 10_080;
              case "day" -> 1_440;
              case "hour" -> 60;
              default -> 1;
            };
        yield params.put("frequency", unit).put("interval", Long.toString(minutes / size));
      }
    };
  }
}
