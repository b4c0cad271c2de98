package dev.waybill.aws;

import dev.waybill.Reason;
import dev.waybill.Reply;

/// What it means that a Lambda function ran and threw. Only who wrote the function can say.
public enum FunctionErrors {
  /// It may have done a part of its work. The batch is in doubt.
  IN_DOUBT,
  /// It does all of a batch or nothing, and throws for something in the batch: the batch is split
  /// to find what.
  REFUSED,
  /// It does all of a batch or nothing, and throws for something that may pass: the batch is sent
  /// again.
  RETRY;

  Reply reply(Reason reason) {
    return switch (this) {
      case IN_DOUBT -> new Reply.InDoubt(reason);
      case REFUSED -> new Reply.Refused(reason);
      case RETRY -> new Reply.Unavailable(reason);
    };
  }
}
