package dev.waybill.testkit.aws;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What befalls one call. The same in [FakeAws] and in a [WithholdingProxy]; what is said to be
/// applied was really applied, and the rest was not.
public sealed interface AwsFault {

  /// Nothing.
  record None() implements AwsFault {}

  /// The whole call is answered with an error and nothing is applied.
  ///
  /// @param code null for the service's word for "slow down"
  /// @param retryAfter what the header Retry-After says, in whole seconds; null for none
  record Refused(int status, @Nullable String code, String message, @Nullable Duration retryAfter)
      implements AwsFault {}

  /// The credentials may not do this; nothing is applied.
  record Denied() implements AwsFault {}

  /// The service's own 500.
  record Failed(Effect effect) implements AwsFault {}

  /// The connection ends without an answer.
  record Cut(Effect effect) implements AwsFault {}

  /// The answer waits.
  record Slow(Duration delay, AwsFault then) implements AwsFault {}

  /// Some items are answered as failed, in an answer of status 200. A call that writes a single
  /// item is answered with the code as its error.
  ///
  /// @param code of each such item; DynamoDB, which has none, shows them as unprocessed
  record ItemsFailed(Selection items, String code, Effect effect) implements AwsFault {}

  /// Some items are answered neither as stored nor as failed.
  record ItemsMissing(Selection items, Effect effect) implements AwsFault {}

  /// Some items are stored, and answered with a checksum that is wrong. SQS only.
  record WrongChecksum(Selection items) implements AwsFault {}

  /// Nothing happens to the call.
  static AwsFault none() {
    return new None();
  }

  /// The whole call is throttled in the words of the service.
  static AwsFault throttled() {
    return new Refused(0, null, "", null);
  }

  /// The whole call is throttled, and the answer says for how long.
  static AwsFault throttled(Duration retryAfter) {
    return new Refused(0, null, "", retryAfter);
  }

  /// The whole call is refused with this error.
  static AwsFault refused(int status, String code, String message) {
    return new Refused(status, code, message, null);
  }

  /// The credentials may not do this.
  static AwsFault denied() {
    return new Denied();
  }

  /// An answer of status 500.
  static AwsFault failed(Effect effect) {
    return new Failed(effect);
  }

  /// No answer: the connection ends.
  static AwsFault cut(Effect effect) {
    return new Cut(effect);
  }

  /// An answer that comes late.
  static AwsFault slow(Duration delay) {
    return new Slow(delay, new None());
  }

  /// These items fail with this code and are not stored.
  static AwsFault itemsFailed(Selection items, String code) {
    return new ItemsFailed(items, code, Effect.NOT_APPLIED);
  }

  /// These items fail with this code, whatever became of them.
  static AwsFault itemsFailed(Selection items, String code, Effect effect) {
    return new ItemsFailed(items, code, effect);
  }

  /// These items are in no list of the answer.
  static AwsFault itemsMissing(Selection items, Effect effect) {
    return new ItemsMissing(items, effect);
  }

  /// These items are stored, but the answer's checksum is wrong.
  static AwsFault wrongChecksum(Selection items) {
    return new WrongChecksum(items);
  }
}
