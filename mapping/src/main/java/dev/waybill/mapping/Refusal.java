package dev.waybill.mapping;

import dev.waybill.Reason;

/// One record can not be mapped. Made without a stack trace, since a file may have a million of
/// them.
final class Refusal extends Exception {

  private final transient Reason reason;

  Refusal(String code, String message) {
    super(message, null, false, false);
    this.reason = Reason.of(code, message);
  }

  Reason reason() {
    return reason;
  }
}
