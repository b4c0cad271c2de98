package dev.waybill.akamai;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import java.time.Duration;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/// What came of a call of the API.
sealed interface Answer {

  /// The API says that it worked.
  record Ok(Fields body) implements Answer {}

  /// It did not.
  ///
  /// @param code the API's code; -1 if there is none
  record Failed(Meaning meaning, Reason reason, int code, @Nullable Duration retryAfter)
      implements Answer {

    /// Two of the API's error codes.
    static final int RECORD_NOT_FOUND = 310;

    private static final int UNIQUE_VIOLATION = 361;

    /// The same as the reply for a batch of `size` records, all of which it concerns.
    Reply reply(int size) {
      return switch (meaning) {
        case THROTTLED -> new Reply.Throttled(reason, retryAfter);
        case UNAVAILABLE -> new Reply.Unavailable(reason, retryAfter);
        case UNKNOWN -> new Reply.InDoubt(reason);
        case REFUSED -> new Reply.Refused(reason);
        case REJECTED -> new Reply.Answered(Collections.nCopies(size, rejected()));
        case TOO_LARGE -> new Reply.TooLarge(reason);
        case FATAL -> new Reply.Fatal(reason);
      };
    }

    /// The same as the verdict on the one record that it concerns, where other records of its batch
    /// have theirs.
    Verdict verdict() {
      return switch (meaning) {
        case THROTTLED, UNAVAILABLE -> new Verdict.Deferred(reason);
        case UNKNOWN -> new Verdict.InDoubt(reason);
        case REFUSED, REJECTED, TOO_LARGE, FATAL -> rejected();
      };
    }

    /// The record is not wanted, and why.
    Verdict.Rejected rejected() {
      return new Verdict.Rejected(reason, isDuplicate() ? Kind.DUPLICATE : Kind.PERMANENT);
    }

    /// Whether a record with the same value of a unique attribute is there already.
    boolean isDuplicate() {
      return code == UNIQUE_VIOLATION || "unique_violation".equals(reason.code());
    }
  }
}
