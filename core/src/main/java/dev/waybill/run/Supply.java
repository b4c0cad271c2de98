package dev.waybill.run;

import dev.waybill.spi.Intake;

/// Where a run gets its items: a source, with the mapping behind it.
@FunctionalInterface
public interface Supply<T> {

  /// Reads the next record and hands it to `intake`, as an item or as a refusal.
  ///
  /// @return false when there was no further record, and `intake` was not called
  /// @throws dev.waybill.UserException if there is no reading on; says where
  boolean next(Intake<T> intake);
}
