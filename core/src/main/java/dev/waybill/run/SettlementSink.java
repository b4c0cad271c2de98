package dev.waybill.run;

import dev.waybill.Settlement;

/// Takes what became of the items, as it becomes known: files, a ledger, a test. Called by one
/// thread.
public interface SettlementSink<T> {

  /// These items have come to their end.
  ///
  /// @throws dev.waybill.UserException if it can not be written down (a full disk); the run then
  ///   stops
  void settled(Settlement<T> settlement);

  /// There is a pause, or the run is at its end: what was taken is to be visible now.
  ///
  /// @throws dev.waybill.UserException as [#settled]
  default void flush() {}
}
