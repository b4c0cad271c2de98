package dev.waybill.server.page.view;

import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A flow as somebody is writing it: texts as they were typed, right or wrong.
///
/// @param fields source, destination, policy and the rest by the names of their fields in the form:
///   `files`, `to`, `source.option.delimiter`, `policy.rate`
/// @param mapping as YAML
/// @param job the whole job as YAML; used in place of the fields if `asText`
/// @param asText whether the job is written as a whole
/// @param pausing whether a failed run disables the flow
public record Draft(
    String name,
    String description,
    Map<String, String> fields,
    String mapping,
    String job,
    boolean asText,
    String schedule,
    String cron,
    String zone,
    String every,
    String start,
    boolean diagnostics,
    String percent,
    boolean pausing) {

  /// One that nobody has written anything in.
  public static final Draft EMPTY =
      new Draft("", "", Map.of(), "", "", false, "none", "", "UTC", "1h", "", true, "0", false);

  public Draft {
    fields = Map.copyOf(fields);
  }

  /// The text of a field; empty if there is none.
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /// The same, its job from a whole one.
  public Draft withJob(Job job) {
    return with(fields(job), JobYaml.text(job.mapping()), JobYaml.text(job.tree()), asText);
  }

  /// The same, written the other way.
  public Draft written(boolean text) {
    return with(fields, mapping, job, text);
  }

  /// The same, with this as the whole job.
  public Draft withText(String text) {
    return with(fields, mapping, text, asText);
  }

  private Draft with(Map<String, String> fields, String mapping, String job, boolean asText) {
    return new Draft(
        name,
        description,
        fields,
        mapping,
        job,
        asText,
        schedule,
        cron,
        zone,
        every,
        start,
        diagnostics,
        percent,
        pausing);
  }

  private static Map<String, String> fields(Job job) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("files", String.join("\n", job.files()));
    for (Map.Entry<JobKey, String> setting : job.settings().entrySet()) {
      fields.put(name(setting.getKey()), setting.getValue());
    }
    job.sourceOptions().forEach((name, value) -> fields.put("source.option." + name, value));
    job.destinationOptions()
        .forEach((name, value) -> fields.put("destination.option." + name, value));
    return fields;
  }

  /// A setting's name in the form.
  static String name(JobKey key) {
    return switch (key.section()) {
      case POLICY, SYNC, LIVE -> key.section().key() + "." + key.key();
      case TOP, SOURCE, DESTINATION -> key.key();
    };
  }

  /// A flow that is to be changed.
  public static Draft of(Flow flow) {
    String kind = "none";
    String cron = "";
    String zone = "UTC";
    String every = "1h";
    String start = "";
    switch (flow.schedule()) {
      case null -> {}
      case Schedule.Cron given -> {
        kind = "cron";
        cron = given.expression();
        zone = given.zone().getId();
      }
      case Schedule.Every given -> {
        kind = "every";
        every = interval(given.interval());
        start = given.start().toString();
      }
    }
    double share = flow.options().partialIngestionPercent();
    return new Draft(
            flow.name(),
            flow.description() == null ? "" : flow.description(),
            Map.of(),
            "",
            flow.job(),
            false,
            kind,
            cron,
            zone,
            every,
            start,
            flow.options().errorDiagnosticsEnabled(),
            share == Math.rint(share) ? Long.toString((long) share) : Double.toString(share),
            flow.options().pauseAfterFailure())
        .withJob(JobWords.job(flow));
  }

  private static String interval(Duration interval) {
    long minutes = interval.toMinutes();
    if (minutes % 1_440 == 0) {
      return minutes / 1_440 + "d";
    }
    return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
  }

  /// The start of an interval as it was given; null for now.
  public @Nullable Instant startsAt() {
    return start.isBlank() ? null : Instant.parse(start);
  }
}
