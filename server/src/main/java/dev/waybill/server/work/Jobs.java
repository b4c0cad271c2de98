package dev.waybill.server.work;

import dev.waybill.UserException;
import dev.waybill.flow.job.Given;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobFile;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobPaths;
import dev.waybill.flow.job.JobSettings;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.work.PermitsFor.Owner;
import dev.waybill.spi.Permits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The jobs of flows, with no more of this machine than they may use.
final class Jobs {

  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  private final WorkSettings settings;

  Jobs(WorkSettings settings) {
    this.settings = settings;
  }

  /// Where a run leaves its files.
  Path directory(String run) {
    return settings.data().resolve("runs").resolve(run);
  }

  /// The job of a flow for one of its runs.
  Job of(Flow flow, String run) {
    // What is known of a keyed or a live flow bears the flow's id, so that no two flows share it.
    Job job = of("the job of flow " + flow.name(), flow.job(), owner(flow), directory(run));
    return job.isSync()
        ? job.with(JobKey.FLOW, flow.id())
        : job.isLive() ? job.with(JobKey.LIVE_FLOW, flow.id()) : job;
  }

  /// A job that is no flow's yet.
  Job of(String text) {
    return of("the job", text, Owner.CLIENT, directory("check"));
  }

  /// @throws UserException if it is wrong, or names files that it may not use
  private Job of(String name, String text, Owner owner, Path out) {
    JobSettings given = JobFile.parse(name, text);
    given.set(JobKey.OUT, new Given(out.toString(), "out"));
    Job job = JobPaths.from(settings.filesUnder().getFirst(), given.job());
    for (String file : JobPaths.data(job)) {
      if (file.equals("-")) {
        throw new UserException("A flow can not read standard input (-); name a file.");
      }
      if (owner == Owner.CLIENT) {
        permit(file);
      }
    }
    return job;
  }

  /// A client's address as it is understood here.
  ///
  /// @throws UserException if it names a file that may not be used
  String place(String address) {
    String placed = JobPaths.destination(settings.filesUnder().getFirst(), address);
    JobPaths.fileOf(placed).ifPresent(this::permit);
    return placed;
  }

  Permits permits(Flow flow) {
    return settings.permits().of(flow.tenant(), owner(flow));
  }

  Permits permits(Tenant tenant) {
    return settings.permits().of(tenant, Owner.CLIENT);
  }

  private static Owner owner(Flow flow) {
    return flow.folderFile() == null ? Owner.CLIENT : Owner.FOLDER;
  }

  /// Links are followed, so that none leads out.
  private void permit(String file) {
    Matcher wildcard = WILDCARD.matcher(file);
    boolean pattern = wildcard.find();
    try {
      Path place = Path.of(pattern ? file.substring(0, wildcard.start()) : file).normalize();
      Path real = real(place);
      if (settings.filesUnder().stream().anyMatch(allowed -> real.startsWith(real(allowed)))) {
        return;
      }
    } catch (InvalidPathException | UncheckedIOException e) {
      throw new UserException("The name " + file + " is no name of a file here.", e);
    }
    throw new UserException(
        "The file "
            + file
            + " may not be used by a flow: the service uses files below "
            + String.join(", ", settings.filesUnder().stream().map(Path::toString).toList())
            + " only; put it there, or have the service started with --files-under.");
  }

  /// The real path of the part that is there, and what is behind it.
  private static Path real(Path path) {
    Path there = path.toAbsolutePath();
    while (!Files.exists(there)) {
      Path parent = there.getParent();
      if (parent == null) {
        return path.toAbsolutePath();
      }
      there = parent;
    }
    try {
      return there.toRealPath().resolve(there.relativize(path.toAbsolutePath())).normalize();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
