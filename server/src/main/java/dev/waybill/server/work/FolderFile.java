package dev.waybill.server.work;

import dev.waybill.UserException;
import dev.waybill.flow.job.JobFile;
import dev.waybill.flow.job.JobSettings;
import dev.waybill.json.Json;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.Schedule;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of the flows' folder: a job file, whose section `service` says when it runs and how it is
/// judged.
///
/// @param job the job as JSON
record FolderFile(
    String job,
    @Nullable String description,
    FlowOptions options,
    @Nullable Schedule schedule,
    boolean enabled) {

  private static final List<String> KNOWN =
      List.of(
          "description",
          "cron",
          "zone",
          "every",
          "partial-ingestion-percent",
          "pause-after-failure",
          "enabled");

  /// Intervals count from here, so that they do not depend on when the file was read.
  private static final Instant START = Instant.EPOCH;

  /// @throws UserException if it is no job file, or its section `service` is wrong
  static FolderFile read(Path file) {
    JobSettings settings = JobFile.read(file);
    String job = Json.text(settings.job().tree());
    Map<String, @Nullable Object> service = settings.service();
    String name = String.valueOf(file.getFileName());
    for (String key : service.keySet()) {
      if (!KNOWN.contains(key)) {
        throw new UserException(
            "%s: service has no '%s'; it has %s.".formatted(name, key, String.join(", ", KNOWN)));
      }
    }
    return new FolderFile(
        job,
        text(service, "description"),
        new FlowOptions(
            true, percent(name, service), "true".equals(text(service, "pause-after-failure"))),
        schedule(name, service),
        !"false".equals(text(service, "enabled")));
  }

  private static @Nullable String text(Map<String, @Nullable Object> service, String key) {
    Object value = service.get(key);
    return value == null ? null : value.toString();
  }

  private static double percent(String name, Map<String, @Nullable Object> service) {
    String given = text(service, "partial-ingestion-percent");
    try {
      double percent = given == null ? 0 : Double.parseDouble(given);
      if (percent >= 0 && percent <= 100) {
        return percent;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UserException(
        name
            + ": service.partial-ingestion-percent takes a number from 0 to 100, not "
            + given
            + ".");
  }

  private static @Nullable Schedule schedule(String name, Map<String, @Nullable Object> service) {
    String cron = text(service, "cron");
    String every = text(service, "every");
    String zone = text(service, "zone");
    if (cron != null && every != null) {
      throw new UserException(name + ": service takes cron or every, not both.");
    }
    if (every != null) {
      return new Schedule.Every(START, duration(every));
    }
    return cron == null ? null : Schedule.Cron.of(cron, zone == null ? "UTC" : zone);
  }

  private static Duration duration(String text) {
    var option = Option.of("every", null, "");
    return Options.of("service", List.of(option), Map.of("every", text)).duration("every");
  }
}
