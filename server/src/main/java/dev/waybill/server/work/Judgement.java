package dev.waybill.server.work;

import dev.waybill.run.Report;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.FlowRun;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a run that is over has failed.
final class Judgement {

  private Judgement() {}

  /// Why a run failed, one sentence; null if it did not.
  static @Nullable String of(Report report, FlowRun.Counts counts, FlowOptions options) {
    if (report.unwritten() != null) {
      return "It could not be written down: " + report.unwritten();
    }
    if (report.unread() != null) {
      return "The input was not read to its end: " + report.unread();
    }
    return report.stopped() == null
        ? of(counts, options)
        : "The run was ended: " + report.stopped() + ".";
  }

  /// Why a run that was not ended before its time failed; null if it did not.
  static @Nullable String of(FlowRun.Counts counts, FlowOptions options) {
    double share = counts.read() == 0 ? 0 : 100.0 * counts.undelivered() / counts.read();
    if (counts.undelivered() == 0 || share <= options.partialIngestionPercent()) {
      return null;
    }
    String allowed =
        options.partialIngestionPercent() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", more than the allowed %s %%", options.partialIngestionPercent());
    return String.format(
        Locale.ROOT,
        "%,d of %,d records were not delivered%s.",
        counts.undelivered(),
        counts.read(),
        allowed);
  }
}
