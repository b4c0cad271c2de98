package dev.waybill.akamai;

/// What a failed call means for the records in it.
enum Meaning {
  /// Too many calls; nothing was applied.
  THROTTLED,
  /// Nothing was applied, and a later call may pass.
  UNAVAILABLE,
  /// Nobody can say what was applied.
  UNKNOWN,
  /// Something in the records is not wanted; nothing was applied.
  REFUSED,
  /// Nothing was applied, and each record of the call counts as rejected, without looking for the
  /// one at fault.
  REJECTED,
  /// The call is too large; nothing was applied.
  TOO_LARGE,
  /// Nothing was applied, and no later call can pass.
  FATAL
}
