package dev.waybill.spi;

import dev.waybill.Fields;
import dev.waybill.Settlement;

/// Takes what became of a run's records back into the database that they came from. Called by one
/// thread.
public interface WriteBack extends AutoCloseable {

  /// These records have come to their end.
  ///
  /// @throws dev.waybill.UserException if it can not be written
  void settled(Settlement<Fields> settlement);

  /// What was taken is to be visible to others now.
  ///
  /// @throws dev.waybill.UserException if it can not be written
  void flush();

  @Override
  void close();
}
