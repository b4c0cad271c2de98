package dev.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Receipt;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier.Findings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// An engine in virtual time, with a destination that answers as a test says. Items are numbers;
/// each call is answered after the latency that the test sets.
final class Rehearsal {

  /// A call as the destination saw it.
  record Seen(long atMillis, Call<Integer> call) {
    List<Integer> items() {
      return call.batch().items().stream().map(Item::payload).toList();
    }
  }

  static final Reason BAD = Reason.of("bad", "it is bad");
  static final Reason DOWN = Reason.of("the service is down");

  private record Due(long at, long order, Runnable event) {}

  final List<Seen> calls = new ArrayList<>();
  final Map<Integer, Receipt<Integer>> receipts = new LinkedHashMap<>();
  final Set<Long> concluded = new HashSet<>();
  final List<Item<Integer>> givenBack = new ArrayList<>();
  final Engine<Integer> engine;
  int mostUnderWay;
  private final PriorityQueue<Due> events =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private final Deque<Function<Seen, Reply>> script = new ArrayDeque<>();
  private Function<Seen, Reply> destination = seen -> Reply.accepted(seen.items().size());
  private Function<Seen, Findings> register =
      seen -> {
        throw new AssertionError("no look-up is expected");
      };
  private Duration latency = Duration.ofMillis(10);
  private long now;
  private long order;
  private int underWay;
  private int offered;

  Rehearsal(UnaryOperator<Policy.Builder> policy, Traits traits) {
    this(policy, traits, Nature.Single.NONE, Nature.Lookup.NONE);
  }

  Rehearsal(
      UnaryOperator<Policy.Builder> policy,
      Traits traits,
      Nature.Single single,
      Nature.Lookup lookup) {
    var nature = new Nature<Integer>(traits, Item::payload, Item::key, single, lookup);
    Policy made =
        policy
            .apply(
                Policy.forTraits(traits).heldItems(1_000_000).concurrency(Policy.Concurrency.FIXED))
            .build();
    engine =
        new Engine<>(
            made, nature, "run", new SplittableRandom(42), 0, item -> "doubted".equals(item.key()));
    engine.advance(0);
  }

  /// One item a time unit is all that most tests need to know of a destination.
  static Traits plain() {
    return Traits.of(Traits.Idempotence.NOT_IDEMPOTENT);
  }

  /// What the destination answers to every call for which nothing else is scripted.
  Rehearsal answering(Function<Seen, Reply> replies) {
    destination = replies;
    return this;
  }

  /// What the destination answers to its next call; may be said several times.
  Rehearsal first(Function<Seen, Reply> reply) {
    script.add(reply);
    return this;
  }

  Rehearsal finding(Function<Seen, Findings> findings) {
    register = findings;
    return this;
  }

  Rehearsal latency(Duration time) {
    latency = time;
    return this;
  }

  /// Hands in the items 1 to `count`, and plays until all is done.
  Rehearsal deliver(int count) {
    offer(count);
    engine.endOfInput();
    return play();
  }

  Rehearsal offer(int count) {
    for (int i = 0; i < count; i++) {
      offered++;
      engine.accept(Item.of(offered, offered));
    }
    return this;
  }

  Rehearsal offer(String key, int payload) {
    offered++;
    engine.accept(new Item<>(offered, key, payload, null));
    return this;
  }

  Rehearsal end() {
    engine.endOfInput();
    return play();
  }

  /// Something that happens at a moment.
  Rehearsal at(Duration time, Runnable event) {
    events.add(new Due(time.toNanos(), ++order, event));
    return this;
  }

  /// Lets time run until nothing is to come any more.
  Rehearsal play() {
    act();
    for (int steps = 0; ; steps++) {
      assertThat(steps).as("the run goes on for ever").isLessThan(1_000_000);
      Due next = events.peek();
      long wake = engine.wakeAt();
      if (next == null && wake == Long.MAX_VALUE) {
        return this;
      }
      if (next != null && next.at() <= wake) {
        events.remove();
        now = Math.max(now, next.at());
        engine.advance(now);
        next.event().run();
      } else {
        assertThat(wake).as("the engine asks to be woken in the past").isGreaterThan(now);
        now = wake;
        engine.advance(now);
      }
      act();
    }
  }

  private void act() {
    for (Action<Integer> action = engine.poll(); action != null; action = engine.poll()) {
      switch (action) {
        case Action.Make<Integer>(Call<Integer> call) -> make(call);
        case Action.Conclude<Integer>(long number) -> concluded.add(number);
        case Action.GiveBack<Integer>(var items) -> givenBack.addAll(items);
        case Action.Settle<Integer>(var settlement) -> {
          for (Receipt<Integer> receipt : settlement.receipts()) {
            assertThat(receipts.put(receipt.item().payload(), receipt))
                .as("item %s ends once", receipt.item().payload())
                .isNull();
          }
        }
      }
    }
  }

  private void make(Call<Integer> call) {
    var seen = new Seen(now / 1_000_000, call);
    calls.add(seen);
    underWay++;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    Runnable answer;
    if (call.kind() == Call.Kind.LOOKUP) {
      Findings findings = register.apply(seen);
      answer = () -> engine.found(call, findings);
    } else {
      Reply reply = script.isEmpty() ? destination.apply(seen) : script.remove().apply(seen);
      answer = () -> engine.replied(call, reply);
    }
    at(
        Duration.ofNanos(now).plus(latency),
        () -> {
          underWay--;
          if (engine.isUnderWay(call)) {
            answer.run();
          }
        });
  }

  List<Integer> ended(Disposition disposition) {
    return receipts.values().stream()
        .filter(receipt -> receipt.disposition() == disposition)
        .map(receipt -> receipt.item().payload())
        .sorted()
        .toList();
  }

  Receipt<Integer> receipt(int item) {
    return Objects.requireNonNull(receipts.get(item), "no receipt for item " + item);
  }

  List<List<Integer>> batches() {
    return calls.stream().map(Seen::items).toList();
  }

  int underWay() {
    return underWay;
  }

  Duration now() {
    return Duration.ofNanos(now);
  }

  // ---- replies to script with

  static Function<Seen, Reply> throttled(Duration retryAfter) {
    return seen -> new Reply.Throttled(Reason.of("429", "slow down"), retryAfter);
  }

  static Function<Seen, Reply> unavailable() {
    return seen -> new Reply.Unavailable(DOWN);
  }

  static Function<Seen, Reply> inDoubt() {
    return seen -> new Reply.InDoubt(Reason.of("the connection broke"));
  }

  static Function<Seen, Reply> accepting() {
    return seen -> Reply.accepted(seen.items().size());
  }

  /// Refuses the whole batch for any of these items, without saying which.
  static Function<Seen, Reply> refusing(List<Integer> bad) {
    return seen ->
        seen.items().stream().anyMatch(bad::contains)
            ? new Reply.Refused(BAD)
            : Reply.accepted(seen.items().size());
  }

  /// Gives each item the verdict that the function says.
  static Function<Seen, Reply> each(Function<Integer, Verdict> verdict) {
    return seen -> new Reply.Answered(seen.items().stream().map(verdict).toList());
  }
}
