package dev.waybill.testkit.simulation;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.run.Course;
import dev.waybill.run.ReasonDigest;
import dev.waybill.sim.Outcome;
import dev.waybill.sim.SimulatedService;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.testkit.simulation.SimulatedLedger.Opened;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// One process of a simulated run, from its start to its end or its crash.
final class Life {

  private static final int MOST_STEPS = 200_000;
  private static final int PORTION = 64;

  private record Due(long at, long order, Runnable event) {}

  private final World world;
  private final Plant plant;
  private final SplittableRandom random;
  private final SimulatedService service;
  private final Observer observer;
  private final boolean mortal;
  private final Engine<Integer> engine;
  private final Course<Integer> course;
  private final PriorityQueue<Due> events =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private long nextOrdinal;
  private boolean inputEnded;
  private long now;
  private long order;

  Life(
      World world,
      Plant plant,
      SplittableRandom random,
      SimulatedService service,
      Opened opened,
      ModelFile file,
      Observer observer,
      int livesBefore,
      long now) {
    this.world = world;
    this.plant = plant;
    this.random = random;
    this.service = service;
    this.observer = observer;
    this.mortal = livesBefore < world.crashes();
    this.now = now;
    Recovery recovery = opened.recovery();
    this.nextOrdinal = recovery.from() == null ? 1 : recovery.from().ordinal();
    if (plant == Plant.SKIP_A_RECORD && recovery.from() != null) {
      nextOrdinal += 2;
    }
    this.engine =
        new Engine<>(
            policy(),
            new Nature<>(world.traits(), item -> 0, Item::key, Nature.Single.NONE, world.lookup()),
            "run",
            random.split(),
            plant == Plant.REUSE_NUMBERS ? 0 : recovery.lastNumber(),
            item -> false);
    Journal<Integer> journal =
        new MortalJournal(opened.journal(), plant, () -> mayCrash("the ledger"));
    this.course = new Course<>(engine, journal, file, recovery, new ReasonDigest());
    observer.begins(now);
    engine.advance(now);
  }

  private Policy policy() {
    Policy policy = world.policy();
    return switch (plant) {
      case IGNORE_RATE -> Plants.rate(policy, policy.callsPerSecond() * 2);
      case ONE_CALL_TOO_MANY -> Plants.inFlight(policy, policy.inFlight() + 1);
      case IGNORE_ORDER -> Plants.order(policy, Policy.Order.UNORDERED);
      case ONE_ATTEMPT_TOO_MANY -> Plants.attempts(policy, policy.maxAttempts() + 1);
      default -> policy;
    };
  }

  long now() {
    return now;
  }

  void live() {
    for (int steps = 0; !(inputEnded && engine.idle()); steps++) {
      if (steps > MOST_STEPS) {
        throw new Violation(6, "the run goes on for ever");
      }
      feed();
      engine.advance(now);
      makeCalls();
      mayCrash("between steps");
      if (!(inputEnded && engine.idle()) && !readable()) {
        next();
      }
    }
    makeCalls();
    course.commit();
    if (course.unwritten() != null) {
      throw new Violation(1, "the ledger did not take what it was told: " + course.unwritten());
    }
  }

  private boolean readable() {
    return !inputEnded && engine.wantsItems();
  }

  /// Reads some records, if there is room.
  private void feed() {
    for (int i = 0; i < PORTION && readable(); i++) {
      if (nextOrdinal > world.items()) {
        inputEnded = true;
        course.endOfInput();
        return;
      }
      Item<Integer> item = world.item(nextOrdinal++);
      if (world.isUnreadable(item.ordinal())) {
        course.refuse(item, Reason.of("no such date"));
      } else {
        course.accept(item);
      }
    }
    long most = (long) world.policy().heldItems() + PORTION;
    if (engine.tally().held() > most) {
      throw new Violation(
          6, "%d items are held, with room for %d".formatted(engine.tally().held(), most));
    }
  }

  /// Time goes on to whatever comes next.
  private void next() {
    Due due = events.peek();
    long wake = engine.wakeAt();
    if (due == null && wake == Long.MAX_VALUE) {
      throw new Violation(6, "nothing is to come, and the run is not done");
    }
    if (due != null && due.at() <= wake) {
      events.remove();
      now = Math.max(now, due.at());
      jump();
      engine.advance(now);
      due.event().run();
    } else {
      now = Math.max(now, wake);
      jump();
    }
  }

  private void jump() {
    if (world.jumps() && random.nextInt(200) == 0) {
      now += Duration.ofSeconds(random.nextInt(1, 20)).toNanos();
    }
  }

  private void makeCalls() {
    List<Call<Integer>> calls = course.step();
    for (Call<Integer> call : calls) {
      mayCrash("before a call");
      observer.called(call, now);
      if (call.kind() == Call.Kind.LOOKUP) {
        ask(call);
      } else {
        send(call);
      }
      mayCrash("after a call");
    }
  }

  private void send(Call<Integer> call) {
    Outcome outcome = service.receive(call.batch(), now);
    Reply reply = Plants.seen(plant, outcome.seen());
    later(
        outcome.took(),
        () -> {
          mayCrash("before a reply");
          observer.replied(call, outcome.seen(), now);
          course.replied(call, reply);
          mayCrash("after a reply");
        });
  }

  private void ask(Call<Integer> call) {
    Findings findings = service.find(call.batch().items(), now);
    later(
        Duration.ofMillis(20),
        () -> {
          observer.found(findings);
          course.found(call, findings);
        });
  }

  private void later(Duration took, Runnable event) {
    long wait = took.toNanos() + (long) (random.nextDouble() * world.jitter().toNanos());
    events.add(new Due(now + Math.max(1, wait), ++order, event));
  }

  private void mayCrash(String where) {
    if (mortal && random.nextDouble() < world.crashChance()) {
      throw new Crash(where);
    }
  }
}
