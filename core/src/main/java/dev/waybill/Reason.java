package dev.waybill;

import org.jspecify.annotations.Nullable;

/// Why something was not delivered, in the destination's own words wherever it said any.
///
/// @param code the destination's code for it (`unique_violation`, `23505`, `429`), if it has one
/// @param message one sentence that a person understands
public record Reason(@Nullable String code, String message) {

  public static Reason of(String message) {
    return new Reason(null, message);
  }

  public static Reason of(String code, String message) {
    return new Reason(code, message);
  }

  /// `message (code)`, or the message alone.
  @Override
  public String toString() {
    return code == null ? message : message + " (" + code + ")";
  }
}
