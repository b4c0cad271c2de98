package dev.waybill.flink.source;

import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobFile;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.json.Json;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A job on its way to other machines.
///
/// @param text of a job file
public record JobText(String text) implements Serializable {

  /// The text of a job.
  public static JobText of(Job job) {
    return new JobText(Json.text(job.tree()));
  }

  /// The job.
  public Job job() {
    return JobFile.parse("the job", text).job();
  }

  /// What a cluster calls the job of a run.
  public static String name(String run) {
    return "Waybill " + run;
  }

  /// What a job reads and writes by, on a cluster.
  public static Connectors connectors() {
    return Connectors.found().untilNow();
  }

  /// The live source of a job, of which what it holds is read; empty if it reads something else.
  static Optional<LiveSourceProvider> live(Job job) {
    return connectors().liveSource(job.files().getFirst());
  }

  static Options options(LiveSourceProvider live, Job job) {
    return Options.of(live.name(), live.options(), job.sourceOptions());
  }

  /// Opens some of what a job reads, as one source.
  public static Source open(Job job, List<String> locations) {
    SourceProvider provider = connectors().source(job.format(), job.files());
    return provider.open(
        locations, Options.of(provider.name(), provider.options(), job.sourceOptions()));
  }

  /// Whether a job reads files, and not a database.
  public static boolean readsFiles(Job job) {
    return job.files().stream().allMatch(JobText::isFile);
  }

  private static boolean isFile(String location) {
    try {
      return Files.isRegularFile(Path.of(location));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
