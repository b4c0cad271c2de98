package dev.waybill.run;

import dev.waybill.Reason;
import dev.waybill.delivery.Tally;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The account of a run that is over.
///
/// @param tally the counts
/// @param elapsed from its beginning to its end
/// @param throttled how long the destination was not to be called, in all
/// @param stopped why it ended before its time, or counts as failed; null if it did not
/// @param reasons why items were not delivered, the commonest first
/// @param unread why the source could not be read to its end; null if it was
/// @param unwritten why not all that became known could be written down; null if it was
public record Report(
    Tally tally,
    Duration elapsed,
    Duration throttled,
    @Nullable Reason stopped,
    List<ReasonDigest.Group> reasons,
    @Nullable String unread,
    @Nullable String unwritten) {

  /// Whether every item was delivered, and there was none that could not be read.
  public boolean allDelivered() {
    return tally.delivered() == tally.offered() && unread == null && unwritten == null;
  }

  /// Whether the run was ended before its time, or counts as failed.
  public boolean givenUp() {
    return stopped != null || unread != null || unwritten != null;
  }
}
