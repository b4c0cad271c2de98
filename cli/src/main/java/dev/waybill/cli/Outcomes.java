package dev.waybill.cli;

import dev.waybill.delivery.Tally;
import dev.waybill.files.RunFiles;
import dev.waybill.flow.account.Outcome;
import dev.waybill.flow.account.Outcome.LeftFile;
import dev.waybill.flow.launch.Launch;
import dev.waybill.run.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts together what is to be told of a run, and what the user can do next.
final class Outcomes {

  private Outcomes() {}

  /// What is known of a run that stands in a ledger.
  ///
  /// @param run what people call it
  /// @param ledger ` --ledger PLACE` if it has to be named to be found, else nothing
  /// @param goesOn whether it can be resumed
  /// @param isReadable whether its input can be read again
  record Kept(String run, String ledger, boolean goesOn, boolean isReadable) {}

  static Outcome of(
      Launch launch, Report report, RunFiles.Summary files, ExitCode code, Optional<Kept> kept) {
    Tally tally = report.tally();
    var left = new ArrayList<LeftFile>();
    left.add(new LeftFile("success", files.success(), tally.delivered(), ""));
    left.add(new LeftFile("fail", files.fail(), tally.rejected(), ""));
    if (files.retry() != null) {
      long records = tally.unknown() + tally.unprocessed();
      left.add(new LeftFile("retry", files.retry(), records, ""));
    }
    return new Outcome(
        launch.job(),
        report,
        List.copyOf(left),
        launch.job().isSync()
            ? nextOfSync(launch, report, kept)
            : next(launch, report, files, kept),
        code.code,
        kept.map(Kept::run),
        launch.planned().map(plan -> plan.counts().asMap()).orElse(Map.of()));
  }

  private static Optional<String> nextOfSync(Launch launch, Report report, Optional<Kept> kept) {
    Tally tally = report.tally();
    if (tally.offered() == 0 && report.unread() == null && report.unwritten() == null) {
      return Optional.of("There was nothing to send.");
    }
    if (tally.delivered() == tally.offered() && !report.givenUp()) {
      return Optional.empty();
    }
    return Optional.of(
        "Next: what was not accepted is sent again, with the source's data of then, by the next run;"
            + " waybill state "
            + launch.flow()
            + kept.map(Kept::ledger).orElse("")
            + " --failing lists it.");
  }

  private static Optional<String> next(
      Launch launch, Report report, RunFiles.Summary files, Optional<Kept> kept) {
    Tally tally = report.tally();
    var steps = new ArrayList<String>();
    if (kept.isPresent() && kept.get().goesOn()) {
      return Optional.of(
          "Next: waybill resume " + kept.get().run() + kept.get().ledger() + " goes on from here.");
    }
    if (report.unwritten() != null) {
      return Optional.of("Make room, then load what is in none of the files.");
    }
    if (tally.offered() == 0 && report.unread() == null) {
      return Optional.of("There was no record to deliver.");
    }
    if (tally.rejected() > 0) {
      steps.add("correct " + files.fail() + " and load it again");
    }
    if (files.retry() != null) {
      String what =
          tally.unknown() == 0
              ? "what was not sent"
              : tally.unprocessed() == 0
                  ? "what is in doubt again"
                  : "what is in doubt or was not sent";
      steps.add(
          kept.isPresent() && kept.get().isReadable()
              ? "waybill retry " + kept.get().run() + kept.get().ledger() + " sends " + what
              : "load " + files.retry() + " to send " + what);
    }
    if (report.unread() != null) {
      steps.add("go on with --start-at " + (launch.job().startAt() + tally.offered()));
    }
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("Next: " + String.join("; ", steps) + table(launch) + ".");
  }

  /// The table was named after the input; the files that are left have other names.
  private static String table(Launch launch) {
    return launch.tableName().map(name -> ", with --table " + name).orElse("");
  }

  /// Why a run was given up, in one sentence.
  static String complaint(Report report) {
    if (report.unwritten() != null) {
      return "The files are not complete: " + report.unwritten();
    }
    if (report.unread() != null) {
      return "The input was not read to its end: " + report.unread();
    }
    return "The run was given up: " + report.stopped();
  }
}
