package dev.waybill.server.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One execution of a flow.
///
/// @param id the run's id in the ledger too
/// @param flowVersion the flow's version when it was started
/// @param parent the run of which it is a retry; null if it is none
/// @param startedAt when a worker took it for the first time; null before
/// @param completedAt when it was over; null before
/// @param counts as of its last sample, and final once it is over
/// @param error why it failed, one sentence; null if it did not
/// @param cancelling whether it was told to end
public record FlowRun(
    String id,
    Tenant tenant,
    String flowId,
    long flowVersion,
    @Nullable String parent,
    Trigger trigger,
    State state,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    Counts counts,
    @Nullable String error,
    boolean cancelling,
    Stamp stamp) {

  /// The same run with other counts.
  public FlowRun with(Counts now) {
    return new FlowRun(
        id,
        tenant,
        flowId,
        flowVersion,
        parent,
        trigger,
        state,
        startedAt,
        completedAt,
        now,
        error,
        cancelling,
        stamp);
  }

  /// The same run, over.
  ///
  /// @param why why it failed; null if it did not
  public FlowRun over(Instant at, Counts end, @Nullable String why) {
    return new FlowRun(
        id,
        tenant,
        flowId,
        flowVersion,
        parent,
        trigger,
        why == null ? State.SUCCESS : State.FAILED,
        startedAt,
        at,
        end,
        why,
        cancelling,
        stamp);
  }

  /// How it stands.
  public enum State {
    QUEUED,
    RUNNING,
    SUCCESS,
    FAILED;

    /// Whether nothing more will happen to it.
    public boolean isOver() {
      return this == SUCCESS || this == FAILED;
    }
  }

  /// Who or what started it.
  public enum Trigger {
    HAND,
    SCHEDULE,
    RETRIGGER
  }

  /// What became of its records.
  ///
  /// @param read records read
  /// @param inputBytes bytes read; 0 if not known
  /// @param outputBytes bytes of what was delivered; 0 if not known
  public record Counts(
      long read,
      long delivered,
      long rejected,
      long unknown,
      long unprocessed,
      long calls,
      long inputBytes,
      long outputBytes) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    /// Records that came to an end other than delivered.
    public long undelivered() {
      return rejected + unknown + unprocessed;
    }
  }
}
