package dev.waybill.delivery;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.spi.Verifier.Findings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The calls under way, and whether another may be made: gate, fixed rates, and the number of calls
/// at once that the destination bears. Learns from each reply how things go, whatever became of the
/// items.
final class Traffic<T> {

  private static final Reason RATE_LIMIT_USED_UP =
      Reason.of("the destination's rate limit is used up");

  private record UnderWay<T>(Work<T> work, long sentAt) {}

  private final Gate gate;
  private final CallLimit limit;
  private final Pace callPace;
  private final Pace itemPace;
  private final Accounts<T> accounts;
  private final Map<Long, UnderWay<T>> underWay = new HashMap<>();

  Traffic(Policy policy, Gate gate, Accounts<T> accounts) {
    this.gate = gate;
    this.accounts = accounts;
    this.limit = new CallLimit(policy.inFlight(), policy.concurrency());
    this.callPace = new Pace(policy.callsPerSecond());
    this.itemPace = new Pace(policy.itemsPerSecond());
  }

  boolean isEmpty() {
    return underWay.isEmpty();
  }

  boolean contains(Call<T> call) {
    return underWay.containsKey(call.id());
  }

  /// Whether fewer calls are under way than may be.
  boolean hasRoom() {
    return underWay.size() < allowed();
  }

  /// Calls that may be under way now. While the destination is down, one looks whether it is back.
  private int allowed() {
    return gate.outage() ? 1 : limit.current();
  }

  /// The earliest moment for the next call, if there is room for it.
  long callableAt(long now) {
    return Math.max(gate.opensAt(), Math.max(callPace.nextAt(now), itemPace.nextAt(now)));
  }

  /// A call is made.
  void begin(Call<T> call, Work<T> work, long now) {
    callPace.spend(now, 1);
    itemPace.spend(now, work.size());
    underWay.put(call.id(), new UnderWay<>(work, now));
  }

  /// A call has been replied to.
  Work<T> replied(Call<T> call, Reply reply, long now) {
    UnderWay<T> done = end(call);
    switch (reply) {
      case Reply.Answered answered -> {
        answered(done, now);
        if (answered.rest().isPositive()) {
          gate.rest(now, answered.rest().toNanos(), RATE_LIMIT_USED_UP);
        }
      }
      case Reply.Refused refused -> answered(done, now);
      case Reply.TooLarge tooLarge -> answered(done, now);
      case Reply.Throttled(Reason reason, @Nullable Duration retryAfter) -> {
        accounts.throttledCalls++;
        limit.troubled(done.sentAt(), now);
        gate.throttled(now, nanos(retryAfter), reason);
      }
      case Reply.Unavailable(Reason reason, @Nullable Duration retryAfter) ->
          failed(done, now, nanos(retryAfter), reason);
      case Reply.InDoubt(Reason reason) -> failed(done, now, -1, reason);
      case Reply.Fatal fatal -> accounts.failedCalls++;
    }
    return done.work();
  }

  /// A look-up has come back.
  Work<T> found(Call<T> call, Findings findings, long now) {
    UnderWay<T> done = end(call);
    switch (findings) {
      case Findings.Found found -> answered(done, now);
      case Findings.Failed(Reason reason) -> failed(done, now, -1, reason);
    }
    return done.work();
  }

  /// Nobody waits for the calls under way any more.
  List<Work<T>> endAll() {
    List<Work<T>> work = underWay.values().stream().map(UnderWay::work).toList();
    underWay.clear();
    return work;
  }

  void forEach(Consumer<Work<T>> taker) {
    underWay.values().forEach(each -> taker.accept(each.work()));
  }

  private UnderWay<T> end(Call<T> call) {
    UnderWay<T> done = underWay.remove(call.id());
    if (done == null) {
      throw new IllegalArgumentException("call " + call.id() + " is not under way");
    }
    return done;
  }

  private void answered(UnderWay<T> done, long now) {
    gate.answered(now);
    limit.answered(done.sentAt(), now, underWay.size() + 1);
  }

  private void failed(UnderWay<T> done, long now, long retryAfterNanos, Reason reason) {
    accounts.failedCalls++;
    limit.troubled(done.sentAt(), now);
    gate.failed(now, retryAfterNanos, reason);
  }

  private static long nanos(@Nullable Duration duration) {
    return duration == null ? -1 : duration.toNanos();
  }

  /// How it stands.
  ///
  /// @param waitsForBackoff whether there is work, and all of it waits for its next attempt
  Standing standing(long now, boolean waitsForBackoff) {
    boolean closed = gate.opensAt() > now;
    Standing.Wait wait;
    if (closed) {
      wait = Standing.Wait.GATE;
    } else if (callableAt(now) > now) {
      wait = Standing.Wait.PACE;
    } else if (waitsForBackoff && underWay.isEmpty()) {
      wait = Standing.Wait.BACKOFF;
    } else {
      wait = Standing.Wait.NONE;
    }
    return new Standing(
        underWay.size(),
        allowed(),
        wait,
        closed ? gate.reason() : null,
        Duration.ofNanos(closed ? gate.opensAt() - now : 0),
        Duration.ofNanos(gate.closedNanos()));
  }
}
