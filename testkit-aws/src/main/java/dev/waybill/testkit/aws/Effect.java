package dev.waybill.testkit.aws;

/// Whether what was sent had an effect, in spite of what the caller gets to see.
public enum Effect {
  /// It was stored.
  APPLIED,
  /// It was not.
  NOT_APPLIED
}
