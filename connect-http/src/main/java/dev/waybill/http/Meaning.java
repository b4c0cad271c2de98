package dev.waybill.http;

import java.util.Locale;

/// What a status or an API's code says of a call.
enum Meaning {
  /// The call worked.
  ANSWERED,
  /// Come back later.
  THROTTLED,
  /// Nothing was applied; trouble that passes.
  UNAVAILABLE,
  /// It may have been applied.
  UNKNOWN,
  /// The batch was refused for something in it.
  REFUSED,
  /// The batch was refused for its size.
  TOO_LARGE,
  /// No later call can succeed.
  FATAL;

  /// As options spell it: `too-large`.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
