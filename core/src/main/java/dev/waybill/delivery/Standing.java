package dev.waybill.delivery;

import dev.waybill.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How an engine stands at a moment, for a person who looks on.
///
/// @param inFlight calls under way
/// @param allowed calls that may be under way now
/// @param waitsFor what the next call waits for
/// @param reason why the gate is closed; null if it is open
/// @param opensIn how long the gate stays closed; zero if it is open
/// @param closed how long the gate was closed in all
public record Standing(
    int inFlight,
    int allowed,
    Wait waitsFor,
    @Nullable Reason reason,
    Duration opensIn,
    Duration closed) {

  /// The same, with the gate having been closed for so long before.
  public Standing closedBefore(Duration before) {
    return new Standing(inFlight, allowed, waitsFor, reason, opensIn, closed.plus(before));
  }

  /// What the next call waits for.
  public enum Wait {
    /// Nothing, or the calls under way.
    NONE,
    /// The destination asked to be left alone, or is down.
    GATE,
    /// A fixed rate.
    PACE,
    /// What is left has failed, and is tried again after a wait.
    BACKOFF
  }
}
