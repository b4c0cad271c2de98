package dev.waybill.run;

import dev.waybill.Settlement;
import java.util.Map;

/// Takes what became of the items, as it becomes known: files, a ledger, a test. Called by one
/// thread.
public interface SettlementSink<T> {

  /// These items have come to their end.
  ///
  /// @throws dev.waybill.UserException if it can not be written down (a full disk); the run then
  ///   stops
  void settled(Settlement<T> settlement);

  /// What was taken is to be visible outside of this process now.
  ///
  /// @throws dev.waybill.UserException as [#settled]
  default void flush() {}

  /// How far each file has been written, by name: to be cut back to that after a crash, so that
  /// files and ledger agree. Asked after [#flush].
  default Map<String, Long> lengths() {
    return Map.of();
  }
}
