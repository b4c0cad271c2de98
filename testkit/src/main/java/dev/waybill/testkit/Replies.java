package dev.waybill.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds for every reply, whatever it says.
final class Replies {

  private Replies() {}

  /// Checks that the reply is well formed for a batch of `size` items, and returns it.
  static Reply sound(Reply reply, int size) {
    switch (reply) {
      case Reply.Answered answered -> {
        assertThat(answered.verdicts()).as("one verdict for each item").hasSize(size);
        assertThat(answered.rest()).isGreaterThanOrEqualTo(Duration.ZERO);
        answered.verdicts().forEach(Replies::sound);
      }
      case Reply.Refused refused -> {
        told(refused.reason());
        assertThat(refused.suspects())
            .as("positions in the batch, each named once")
            .doesNotHaveDuplicates()
            .allMatch(position -> position >= 0 && position < size);
      }
      case Reply.Throttled throttled -> {
        told(throttled.reason());
        notNegative(throttled.retryAfter());
      }
      case Reply.Unavailable unavailable -> {
        told(unavailable.reason());
        notNegative(unavailable.retryAfter());
      }
      case Reply.TooLarge tooLarge -> told(tooLarge.reason());
      case Reply.InDoubt doubt -> told(doubt.reason());
      case Reply.Fatal fatal -> told(fatal.reason());
    }
    return reply;
  }

  /// Checks that all of the `size` items were accepted, and returns the verdicts.
  static List<Verdict.Accepted> accepted(Reply reply, int size) {
    assertThat(sound(reply, size)).isInstanceOf(Reply.Answered.class);
    var accepted = new ArrayList<Verdict.Accepted>(size);
    for (Verdict verdict : ((Reply.Answered) reply).verdicts()) {
      assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
      accepted.add((Verdict.Accepted) verdict);
    }
    return accepted;
  }

  private static void sound(Verdict verdict) {
    switch (verdict) {
      case Verdict.Accepted accepted -> {
        if (accepted.id() != null) {
          assertThat(accepted.id()).isNotBlank();
        }
      }
      case Verdict.Rejected rejected -> told(rejected.reason());
      case Verdict.Deferred deferred -> told(deferred.reason());
      case Verdict.InDoubt doubt -> told(doubt.reason());
    }
  }

  private static void told(Reason reason) {
    assertThat(reason.message()).as("a reason that a person understands").isNotBlank();
  }

  private static void notNegative(@Nullable Duration wait) {
    if (wait != null) {
      assertThat(wait).isGreaterThanOrEqualTo(Duration.ZERO);
    }
  }
}
