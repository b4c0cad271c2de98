package dev.waybill.delivery;

import dev.waybill.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says when enough is enough: a run that gets nowhere, takes too long, or is refused too much is
/// to be ended.
final class Patience {

  private final Policy policy;
  private final GiveUp giveUp;
  private long startedAt;
  private long progressAt;

  Patience(Policy policy) {
    this.policy = policy;
    this.giveUp = policy.giveUp();
  }

  void started(long now) {
    startedAt = now;
    progressAt = now;
  }

  /// Something was settled, or there was nothing to send before.
  void progress(long now) {
    progressAt = now;
  }

  /// The moment at which [#exhausted] or [#overdue] will find something, if nothing is settled
  /// before.
  long endsAt() {
    return Math.min(progressAt + policy.patience().toNanos(), deadline());
  }

  /// The moment at which [#overdue] will find something; [Long#MAX_VALUE] if it never does.
  long deadline() {
    Duration deadline = giveUp.deadline();
    return deadline == null ? Long.MAX_VALUE : startedAt + deadline.toNanos();
  }

  /// Why the run has taken too long; null if it has not.
  @Nullable Reason overdue(long now) {
    Duration deadline = giveUp.deadline();
    return deadline == null || now < deadline()
        ? null
        : Reason.of("the run's deadline of " + words(deadline) + " has passed");
  }

  /// Why there is no waiting for the destination any longer; null if there is.
  @Nullable Reason exhausted(long now, Gate gate) {
    if (gate.failedInARow() > giveUp.failedCalls()) {
      return Reason.of(
          "%,d calls failed in a row, the last one: %s"
              .formatted(gate.failedInARow(), gate.lastFailure()));
    }
    if (gate.opensAt() > now && gate.opensAt() - now > policy.patience().toNanos()) {
      return Reason.of(
          "the destination asks to wait for %s, longer than the %s that this run is patient: %s"
              .formatted(
                  words(Duration.ofNanos(gate.opensAt() - now)),
                  words(policy.patience()),
                  gate.reason()));
    }
    if (now >= progressAt + policy.patience().toNanos()) {
      String why = gate.reason() == null ? "" : "; the destination's last word: " + gate.reason();
      return Reason.of(
          "nothing could be settled for %s%s".formatted(words(policy.patience()), why));
    }
    return null;
  }

  /// Why too much was rejected; null if it was not.
  @Nullable Reason refusedTooMuch(Accounts<?> accounts) {
    long rejected = accounts.rejected();
    if (rejected > giveUp.rejected()) {
      return Reason.of(
          "%,d items were rejected, more than the %,d that are allowed"
              .formatted(rejected, giveUp.rejected()));
    }
    long settled = accounts.settled();
    if (rejected > 0
        && settled >= GiveUp.SHARE_COUNTS_FROM
        && rejected > giveUp.rejectedShare() * settled) {
      return Reason.of(
          "%,d of %,d items were rejected, more than the %s %% that are allowed"
              .formatted(
                  rejected,
                  settled,
                  BigDecimal.valueOf(giveUp.rejectedShare() * 100)
                      .stripTrailingZeros()
                      .toPlainString()));
    }
    return null;
  }

  /// `PT10M` as `10m`, to the second.
  private static String words(Duration duration) {
    Duration whole = duration.toSeconds() > 0 ? Duration.ofSeconds(duration.toSeconds()) : duration;
    return whole.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
