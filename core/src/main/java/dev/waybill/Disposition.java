package dev.waybill;

/// How an item ended. Every item of a run ends in exactly one of these.
public enum Disposition {
  /// The destination has it.
  DELIVERED,
  /// The destination, or the mapping before it, does not want it and said why. It was not applied.
  REJECTED,
  /// It may have been applied, or not; nobody could say.
  UNKNOWN,
  /// It was certainly not applied, and nothing speaks against sending it again.
  UNPROCESSED
}
