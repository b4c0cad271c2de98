package dev.waybill;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a destination said of a batch.
public sealed interface Reply {

  /// The call worked, and each item has its own verdict.
  ///
  /// @param verdicts one for each item of the batch, in its order
  /// @param rest how long the destination asks to be left alone after this call (a rate limit that
  ///   is used up); zero if it does not
  record Answered(List<? extends Verdict> verdicts, Duration rest) implements Reply {

    public Answered(List<? extends Verdict> verdicts) {
      this(verdicts, Duration.ZERO);
    }
  }

  /// The whole batch was refused for something in it. Nothing was applied. Which item is at fault
  /// is not known, but for what the destination's text names.
  ///
  /// @param suspects the positions in the batch, counted from 0, that the destination named; empty
  ///   if it named none
  record Refused(Reason reason, List<Integer> suspects) implements Reply {

    public Refused(Reason reason) {
      this(reason, List.of());
    }
  }

  /// The batch was refused for its size. Nothing was applied; smaller ones may pass.
  record TooLarge(Reason reason) implements Reply {}

  /// Come back later. Nothing was applied.
  ///
  /// @param retryAfter how long the destination asks to wait; null if it does not say
  record Throttled(Reason reason, @Nullable Duration retryAfter) implements Reply {}

  /// The call failed and certainly nothing was applied: connection refused, 503, a rolled-back
  /// transaction.
  ///
  /// @param retryAfter how long the destination asks to wait; null if it does not say
  record Unavailable(Reason reason, @Nullable Duration retryAfter) implements Reply {

    public Unavailable(Reason reason) {
      this(reason, null);
    }
  }

  /// The call may have been applied, in whole or in part: a time-out or a broken connection after
  /// sending.
  record InDoubt(Reason reason) implements Reply {}

  /// No later call can succeed: bad credentials, no such table. Nothing was applied. Ends the run.
  record Fatal(Reason reason) implements Reply {}

  /// All `count` items accepted, without ids.
  static Answered accepted(int count) {
    return new Answered(Collections.nCopies(count, Verdict.Accepted.WITHOUT_ID));
  }
}
