package dev.waybill.aws;

import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import org.jspecify.annotations.Nullable;

/// A failed entry of SQS or SNS, which say of each whether the sender is at fault.
final class SenderFault {

  private SenderFault() {}

  /// The sender's fault stays a fault however often it is sent; anything else is the service's, and
  /// may pass.
  static Verdict verdict(
      @Nullable Boolean senderFault, @Nullable String code, @Nullable String message) {
    var reason =
        new Reason(code, message == null ? "the service failed it" : Text.oneLine(message));
    return Boolean.TRUE.equals(senderFault)
        ? new Verdict.Rejected(reason, Kind.PERMANENT)
        : new Verdict.Deferred(reason);
  }
}
