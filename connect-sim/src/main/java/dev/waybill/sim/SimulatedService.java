package dev.waybill.sim;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.sim.Behaviour.Refusal;
import dev.waybill.spi.Options;
import dev.waybill.spi.Traits.Idempotence;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A service that misbehaves by a seed: the n-th call of a life meets the same fault in every life
/// with that seed, and a bad item is bad in every call.
///
/// A pure model: it owns no thread and no clock, so it runs under virtual time as well as behind a
/// socket. Times are nanoseconds on any clock that does not go back. Not safe for use by many
/// threads at once: callers take turns.
public final class SimulatedService {

  /// Calls whose idempotency key is remembered; the oldest is forgotten first, as in real services.
  private static final int REMEMBERED = 100_000;

  private final Behaviour behaviour;
  private final GroundTruth truth;
  private final Judge judge;
  private final RateLimit callRate;
  private final RateLimit itemRate;
  private final Map<String, Reply> remembered = new LinkedHashMap<>();
  private boolean down;

  SimulatedService(Behaviour behaviour) {
    this.behaviour = behaviour;
    this.truth = new GroundTruth(behaviour.keep());
    this.judge = new Judge(behaviour, truth);
    this.callRate = new RateLimit(behaviour.callsPerSecond());
    this.itemRate = new RateLimit(behaviour.itemsPerSecond());
  }

  /// A service with these settings, named as on the page of `sim:`; all others have their defaults.
  ///
  /// @throws dev.waybill.UserException if a setting does not exist or has a wrong value
  public static SimulatedService of(Map<String, String> settings) {
    return new SimulatedService(Behaviour.of(Options.of("sim", Behaviour.OPTIONS, settings)));
  }

  /// What really happened so far.
  public GroundTruth truth() {
    return truth;
  }

  /// From now on there is nobody to take calls.
  public void goDown() {
    down = true;
  }

  /// Takes calls again; everything applied is still there.
  public void comeBack() {
    down = false;
  }

  /// What sending an item twice does.
  public Idempotence idempotence() {
    return behaviour.idempotence();
  }

  /// Whether the service does not want this item, for as long as it has not healed.
  public boolean isBad(Item<?> item) {
    var alone = new Batch<>(1, List.of(item), 1, "");
    var call = new Call.OfBatch(alone, behaviour.keyField());
    return behaviour.bad().refuses(behaviour.seed(), call.identity(0), call.record(0));
  }

  /// Takes a call.
  ///
  /// @param now nanoseconds on the caller's clock
  public Outcome receive(Batch<?> batch, long now) {
    return receive(new Call.OfBatch(batch, behaviour.keyField()), now);
  }

  Behaviour behaviour() {
    return behaviour;
  }

  Outcome receive(Call call, long now) {
    return perform(call.size(), now, applied -> take(call, applied));
  }

  /// Takes a call of any sort.
  ///
  /// @param work does what the call asks for and marks what it applied; called only if the call
  ///   gets that far
  Outcome perform(int size, long now, Function<BitSet, Reply> work) {
    Fault fault = fault(size, now);
    var applied = new BitSet();
    Reply answer =
        switch (fault) {
          case DOWN, FAILED_BEFORE ->
              new Reply.Unavailable(Reason.of("503", "the service is not available"));
          case THROTTLED ->
              new Reply.Throttled(
                  Reason.of("429", "too many requests"), Duration.ofNanos(untilAllowed(now)));
          case TIMED_OUT, DROPPED -> reached() ? work.apply(applied) : unseen();
          case NONE, FAILED_AFTER, HALF_ANSWERED, NONSENSE -> work.apply(applied);
        };
    truth.called(now, size, fault, applied.cardinality());
    return new Outcome(fault, answer, applied, took(fault));
  }

  /// Says which of these items are there.
  public Findings find(List<? extends Item<?>> items, long now) {
    Fault fault = ask(now);
    if (fault != Fault.NONE) {
      return new Findings.Failed(Reason.of("the service could not be asked"));
    }
    return new Findings.Found(items.stream().map(this::presence).toList());
  }

  /// What befalls a call that asks and changes nothing.
  Fault ask(long now) {
    Fault fault = fault(0, now);
    truth.called(now, 0, fault, 0);
    return fault;
  }

  /// The id of the n-th copy of the item with this identity.
  String id(long identity, int copy) {
    long high = Hash.mix(behaviour.seed(), identity);
    long low = Hash.mix(high, copy);
    // version 4 and variant 2 of RFC 9562, so that it passes for a random UUID
    return new UUID((high & ~0xF000L) | 0x4000L, (low & ~(3L << 62)) | (1L << 63)).toString();
  }

  private Presence presence(Item<?> item) {
    String key = Call.OfBatch.key(item, behaviour.keyField());
    if (!truth.has(key, item.ordinal())) {
      return new Presence.Absent();
    }
    long identity = key == null ? Hash.mix(item.ordinal()) : Hash.of(key);
    return new Presence.Present(behaviour.ids() ? id(identity, 1) : null);
  }

  private Fault fault(int size, long now) {
    if (down) {
      return Fault.DOWN;
    }
    if (callRate.untilAllowed(now) > 0 || itemRate.untilAllowed(now) > 0) {
      return Fault.THROTTLED;
    }
    callRate.charge(now, 1);
    itemRate.charge(now, size);
    if (behaviour.failAbove() > 0 && size > behaviour.failAbove()) {
      return Fault.FAILED_BEFORE;
    }
    return behaviour.rates().at(Hash.share(draw(1)));
  }

  /// How long a throttled caller is told to wait: until the rate allows a call, if it is that.
  private long untilAllowed(long now) {
    long wait = Math.max(callRate.untilAllowed(now), itemRate.untilAllowed(now));
    return wait > 0 ? wait : behaviour.retryAfter().toNanos();
  }

  private Duration took(Fault fault) {
    return switch (fault) {
      case TIMED_OUT -> behaviour.stall();
      case DOWN -> Duration.ZERO;
      default -> behaviour.latency();
    };
  }

  private boolean reached() {
    return (draw(2) & 1) == 0;
  }

  /// A number for the current call and one purpose.
  private long draw(int purpose) {
    return Hash.mix(behaviour.seed() * 31 + purpose, truth.calls());
  }

  private static Reply unseen() {
    return new Reply.Unavailable(Reason.of("the call did not reach the service"));
  }

  /// Judges the items and applies those that pass.
  private Reply take(Call call, BitSet applied) {
    if (behaviour.tooLargeAbove() > 0 && call.size() > behaviour.tooLargeAbove()) {
      return new Reply.TooLarge(
          Reason.of("413", "more than " + behaviour.tooLargeAbove() + " records in a call"));
    }
    boolean remembers = behaviour.idempotencyKeys() && !call.idempotencyKey().isEmpty();
    Reply before = remembers ? remembered.get(call.idempotencyKey()) : null;
    if (before != null) {
      return before;
    }
    Reply answer =
        behaviour.refusal() == Refusal.OFF
            ? new Answering(this, judge).answer(call, applied)
            : new Answering(this, judge).answerOrRefuse(call, applied);
    if (remembers && !applied.isEmpty()) {
      remembered.put(call.idempotencyKey(), answer);
      if (remembered.size() > REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    }
    return answer;
  }

  /// Writes one item, and returns its id if ids are given.
  @Nullable String apply(Call call, int index) {
    int copy = truth.apply(call, index, behaviour.writing());
    Fields record = call.record(index);
    boolean stores = behaviour.keep() == Behaviour.Keep.RECORDS && record != null;
    if (!behaviour.ids() && !stores) {
      return null;
    }
    String id = id(call.identity(index), copy);
    if (stores && record != null) {
      String key = call.key(index);
      truth.store(key == null ? "#" + call.ordinal(index) : key, id, record, copy);
    }
    return behaviour.ids() ? id : null;
  }
}
