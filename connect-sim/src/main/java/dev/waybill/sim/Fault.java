package dev.waybill.sim;

/// What befalls a call, over and above what the service thinks of its items.
public enum Fault {
  /// Nothing: the sender sees the service's answer.
  NONE,
  /// The service says to come back later. Nothing is applied.
  THROTTLED,
  /// The service says that it is not there (HTTP 503). Nothing is applied.
  FAILED_BEFORE,
  /// The items are applied, and then the service fails (HTTP 500).
  FAILED_AFTER,
  /// No answer comes in time. The items are applied in one half of such calls.
  TIMED_OUT,
  /// The connection breaks before the answer. The items are applied in one half of such calls.
  DROPPED,
  /// The items are applied, and the connection breaks in the middle of the answer.
  HALF_ANSWERED,
  /// The items are applied, and the answer is not one.
  NONSENSE,
  /// There is nobody to take the call ([SimulatedService#goDown]). Nothing is applied.
  DOWN
}
