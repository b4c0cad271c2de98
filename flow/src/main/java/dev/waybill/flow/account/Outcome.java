package dev.waybill.flow.account;

import dev.waybill.flow.job.Job;
import dev.waybill.run.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is to be told of a run that is over.
///
/// @param job what was to be done
/// @param report what came of it
/// @param files the files that it left
/// @param next what to do now, in a sentence; empty if nothing is to be done
/// @param exitCode what the process will say
/// @param run what people call the run, by which the ledger finds it; empty if it is in none
/// @param plan what comparing the source with the state of its keys had brought, by name; empty if
///   it is no run of a keyed flow
public record Outcome(
    Job job,
    Report report,
    List<LeftFile> files,
    Optional<String> next,
    int exitCode,
    Optional<String> run,
    Map<String, Long> plan) {

  /// The outcome of a run that is none of a keyed flow.
  public Outcome(
      Job job,
      Report report,
      List<LeftFile> files,
      Optional<String> next,
      int exitCode,
      Optional<String> run) {
    this(job, report, files, next, exitCode, run, Map.of());
  }

  /// A file that a run left.
  ///
  /// @param kind `success`, `fail` or `retry`
  /// @param note what it is good for, put behind its name
  public record LeftFile(String kind, Path path, long records, String note) {}
}
