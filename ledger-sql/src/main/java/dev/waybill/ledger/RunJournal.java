package dev.waybill.ledger;

import dev.waybill.run.Report;
import dev.waybill.spi.Journal;
import dev.waybill.spi.LiveKnowledge;
import java.util.Set;

/// The durable account of a run that this process alone works on, until it is closed. Used by one
/// thread.
///
/// Closed without [#finish], the run is interrupted: it can be resumed, by any process and at once.
public interface RunJournal<T> extends Journal<T> {

  /// From now on what becomes of a flow's keys is written down with what becomes of the items, in
  /// the same steps.
  ///
  /// @param state that of the flow, for which this run has begun
  /// @param twins keys that share their hash with another one of the flow
  KeyedWriting follow(FlowState state, Set<KeyHash> twins);

  /// From now on this is the flow's last run, and where the records of its live source stand is
  /// written down with what becomes of the items, in the same steps. To be called before all else.
  ///
  /// @param state that of the flow, as it was when no run of it was under way
  /// @return what is known of them
  /// @throws dev.waybill.UserException if another run of the flow has begun meanwhile
  LiveKnowledge follow(LiveState state);

  /// The run has come to its end; makes durable what was said, and that.
  ///
  /// @param report its account; of a run that was resumed, of its last life
  /// @param text the report in the form in which it is to be shown again
  /// @throws dev.waybill.UserException as [#commit]
  void finish(Report report, String text);
}
