package dev.waybill.ledger;

import dev.waybill.run.Report;
import dev.waybill.spi.Journal;

/// The durable account of a run that this process alone works on, until it is closed. Used by one
/// thread.
///
/// Closed without [#finish], the run is interrupted: it can be resumed, by any process and at once.
public interface RunJournal<T> extends Journal<T> {

  /// The run has come to its end; makes durable what was said, and that.
  ///
  /// @param report its account; of a run that was resumed, of its last life
  /// @param text the report in the form in which it is to be shown again
  /// @throws dev.waybill.UserException as [#commit]
  void finish(Report report, String text);
}
