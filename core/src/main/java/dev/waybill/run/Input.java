package dev.waybill.run;

import dev.waybill.spi.Intake;

/// Where a [Loop] takes items from, without ever waiting for them.
interface Input<T> {

  /// Whether it is worth coming for items. If not, the loop is told as soon as it is.
  ///
  /// @param enough so many items are worth it; at least 1. An input that has fewer may wait for
  ///   more, unless they are wanted in haste
  boolean hasReady(int enough);

  /// Hands over some of the items that are ready, a few hundred at the most.
  ///
  /// @return false if there were none
  boolean give(Intake<T> intake);

  /// Whether everything was given, and no more will come.
  boolean isExhausted();
}
