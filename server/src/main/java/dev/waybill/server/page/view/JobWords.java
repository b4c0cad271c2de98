package dev.waybill.server.page.view;

import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobFile;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.Masked;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A flow's job in words.
final class JobWords {

  private JobWords() {}

  static Job job(Flow flow) {
    return JobFile.parse(flow.name(), flow.job()).job();
  }

  /// `contacts.csv and 2 more`.
  static String source(Job job) {
    String first = last(job.files().getFirst());
    int more = job.files().size() - 1;
    return more == 0 ? first : first + " and " + more + " more";
  }

  private static String last(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  static String destination(Job job) {
    return Masked.address(job.to());
  }

  /// `every 15 min`, `by cron 0 6 * * 1-5 (Europe/Rome)`.
  static @Nullable String schedule(@Nullable Schedule schedule) {
    return switch (schedule) {
      case null -> null;
      case Schedule.Every once when once.interval().toDays() >= 36_500 -> "once";
      case Schedule.Every every -> "every " + Wording.length(every.interval());
      case Schedule.Cron cron ->
          "by cron "
              + cron.expression()
              + (cron.zone().getId().equals("UTC") || cron.zone().getId().equals("Z")
                  ? ""
                  : " (" + cron.zone().getId() + ")");
    };
  }

  static String judged(Flow flow) {
    double percent = flow.options().partialIngestionPercent();
    String judged =
        percent == 0
            ? "A run fails if any record is not delivered."
            : "A run fails if more than "
                + Wording.brief(percent)
                + " % of its records are not delivered.";
    return flow.options().pauseAfterFailure() ? judged + " A failed run pauses the flow." : judged;
  }

  static List<FlowView.Part> settings(Job job) {
    var parts = new ArrayList<FlowView.Part>();
    var source = new ArrayList<FlowView.Setting>();
    source.add(new FlowView.Setting("files", String.join(", ", job.files())));
    add(source, job, JobKey.Section.SOURCE, job.sourceOptions());
    parts.add(new FlowView.Part("Source", source));
    var destination = new ArrayList<FlowView.Setting>();
    add(destination, job, JobKey.Section.DESTINATION, job.destinationOptions());
    parts.add(new FlowView.Part("Destination", destination));
    var policy = new ArrayList<FlowView.Setting>();
    add(policy, job, JobKey.Section.POLICY, Map.of());
    if (!policy.isEmpty()) {
      parts.add(new FlowView.Part("Policy", policy));
    }
    var sync = new ArrayList<FlowView.Setting>();
    add(sync, job, JobKey.Section.SYNC, Map.of());
    if (!sync.isEmpty()) {
      parts.add(new FlowView.Part("Sync", sync));
    }
    var live = new ArrayList<FlowView.Setting>();
    add(live, job, JobKey.Section.LIVE, Map.of());
    if (!live.isEmpty()) {
      parts.add(new FlowView.Part("Live", live));
    }
    return parts;
  }

  private static void add(
      List<FlowView.Setting> to, Job job, JobKey.Section section, Map<String, String> options) {
    for (JobKey key : section.settings()) {
      String value = job.settings().get(key);
      if (value != null) {
        to.add(new FlowView.Setting(key.key(), key == JobKey.TO ? Masked.address(value) : value));
      }
    }
    options.forEach((name, value) -> to.add(new FlowView.Setting(name, value)));
  }
}
