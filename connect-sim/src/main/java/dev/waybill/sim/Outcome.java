package dev.waybill.sim;

import dev.waybill.Reason;
import dev.waybill.Reply;
import java.time.Duration;
import java.util.BitSet;

/// What came of a call, and what the sender sees of that.
///
/// @param fault what befell the call
/// @param answer what the service said, whether or not it reached the sender; when nothing was
///   answered, what it would have said
/// @param applied the positions of the items that were applied by this very call
/// @param took how long the sender had to wait for what it sees
public record Outcome(Fault fault, Reply answer, BitSet applied, Duration took) {

  /// The reply as an honest connector gives it to the engine.
  public Reply seen() {
    return switch (fault) {
      case NONE, THROTTLED, FAILED_BEFORE, DOWN -> answer;
      case FAILED_AFTER -> doubt("500", "the service failed");
      case TIMED_OUT -> doubt("timeout", "no answer within " + took.toMillis() + " ms");
      case DROPPED -> doubt("dropped", "the connection broke before the answer");
      case HALF_ANSWERED -> doubt("half", "the connection broke in the middle of the answer");
      case NONSENSE -> doubt("nonsense", "the answer can not be understood");
    };
  }

  private static Reply doubt(String code, String message) {
    return new Reply.InDoubt(Reason.of(code, message));
  }
}
