package dev.waybill.run;

import dev.waybill.spi.Intake;

/// Where a [Loop] takes items from, without ever waiting for them.
interface Input<T> {

  /// Whether [#give] would give something.
  boolean hasReady();

  /// Hands over some of the items that are ready, a few hundred at the most.
  ///
  /// @return false if there were none
  boolean give(Intake<T> intake);

  /// Whether everything was given, and no more will come.
  boolean isExhausted();
}
