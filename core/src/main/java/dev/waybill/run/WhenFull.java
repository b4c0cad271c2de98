package dev.waybill.run;

/// What [Dispatcher#submit] does when as many payloads are on their way as may be.
public enum WhenFull {
  /// Waits until there is room.
  BLOCK,
  /// Throws a [DispatcherFullException], and does not take the payload.
  FAIL,
  /// Takes the payload all the same: never waits, never refuses, and memory grows.
  GROW
}
