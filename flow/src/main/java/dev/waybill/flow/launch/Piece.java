package dev.waybill.flow.launch;

import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.spi.Checkpoint;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceIdentity;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a source that a run reads.
///
/// @param wanted which records
/// @param from a record before which none is wanted; null for the source's beginning
/// @param before what the source consisted of when it was read for the first time; null if this is
///   the first time
public record Piece(Wanted wanted, @Nullable Checkpoint from, @Nullable SourceIdentity before) {

  /// What a job asks for, read for the first time.
  public static Piece of(Job job) {
    return new Piece(Wanted.range(job.startAt(), job.limit()), null, null);
  }

  /// Makes sure that the source is the same as before, and goes to where reading begins.
  ///
  /// @throws UserException if it has changed
  public void seek(Source source) {
    if (before != null) {
      before
          .difference(source.identity())
          .ifPresent(
              difference -> {
                throw new UserException(
                    "The input is not the same as when the run began: "
                        + difference
                        + "; put it back as it was, or load what is left as a new run.");
              });
    }
    if (from != null) {
      source.skipTo(named(from));
    }
  }

  /// The checkpoint with its file named as this source names it, which may have been opened from
  /// another directory.
  private Checkpoint named(Checkpoint checkpoint) {
    List<SourceIdentity.Part> parts = before == null ? List.of() : before.parts();
    Path name = Path.of(checkpoint.file()).normalize();
    List<String> meant =
        parts.stream()
            .map(SourceIdentity.Part::name)
            .filter(part -> Path.of(part).endsWith(name))
            .toList();
    return isHere(name) || meant.size() != 1
        ? checkpoint
        : new Checkpoint(
            checkpoint.ordinal(), meant.getFirst(), checkpoint.line(), checkpoint.offset());
  }

  private boolean isHere(Path name) {
    String here = name.toAbsolutePath().normalize().toString();
    return before != null && before.parts().stream().anyMatch(part -> part.name().equals(here));
  }
}
