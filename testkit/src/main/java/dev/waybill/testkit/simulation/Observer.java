package dev.waybill.testkit.simulation;

import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.spi.Verifier.Findings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Looks on at the calls and throws a [Violation] when one breaks the rules. Knows the rules from
/// the policy alone, not from the engine.
final class Observer {

  private static final int OUTAGE = 5;

  private final World world;
  private final Map<Long, Integer> failures = new HashMap<>();
  private long gateOpensAt;
  private int underWay;
  private int failedInARow;
  private double callsPaidUntil;
  private double itemsPaidUntil;

  Observer(World world) {
    this.world = world;
  }

  /// A new process knows nothing of the gate and has no calls under way.
  void begins(long now) {
    gateOpensAt = 0;
    underWay = 0;
    failedInARow = 0;
    failures.clear();
    callsPaidUntil = now;
    itemsPaidUntil = now;
  }

  void called(Call<Integer> call, long now) {
    if (now < gateOpensAt) {
      throw new Violation(
          4,
          "a call came %s before the gate opened".formatted(Duration.ofNanos(gateOpensAt - now)));
    }
    if (++underWay > world.policy().inFlight()) {
      throw new Violation(
          4, "%d calls at a time, with %d allowed".formatted(underWay, world.policy().inFlight()));
    }
    callsPaidUntil = pay(now, callsPaidUntil, world.policy().callsPerSecond(), 1, "call");
    itemsPaidUntil =
        pay(now, itemsPaidUntil, world.policy().itemsPerSecond(), call.batch().size(), "item");
  }

  /// Each unit must have been paid for by the time that passed, but for the 10 ms that may be made
  /// up.
  private static double pay(long now, double paidUntil, double rate, int units, String what) {
    if (rate == 0) {
      return paidUntil;
    }
    if (paidUntil - now > 10_000_001) {
      throw new Violation(4, "the %s rate of %s/s was passed".formatted(what, rate));
    }
    return Math.max(paidUntil, (double) now) + units * 1e9 / rate;
  }

  void replied(Call<Integer> call, Reply reply, long now) {
    underWay--;
    switch (reply) {
      case Reply.Throttled throttled when throttled.retryAfter() != null ->
          gateOpensAt = Math.max(gateOpensAt, now + throttled.retryAfter().toNanos());
      case Reply.Unavailable unavailable -> failed(call);
      case Reply.InDoubt inDoubt -> failed(call);
      case Reply.Throttled throttled -> {}
      case Reply.Answered answered -> failedInARow = 0;
      case Reply.Refused refused -> failedInARow = 0;
      case Reply.TooLarge tooLarge -> failedInARow = 0;
      case Reply.Fatal fatal -> {}
    }
  }

  private void failed(Call<Integer> call) {
    failedInARow++;
    // While nobody is answered, attempts do not count.
    if (failedInARow < OUTAGE) {
      int failed = failures.merge(call.batch().number(), 1, Integer::sum);
      if (failed > world.policy().maxAttempts()) {
        throw new Violation(
            4,
            "batch %d failed %d times, with %d attempts allowed"
                .formatted(call.batch().number(), failed, world.policy().maxAttempts()));
      }
    }
  }

  void found(Findings findings) {
    underWay--;
    failedInARow = findings instanceof Findings.Failed ? failedInARow + 1 : 0;
  }
}
