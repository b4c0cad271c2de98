package dev.waybill.flow.sync;

import dev.waybill.Batch;
import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Settlement;
import dev.waybill.delivery.Backoff;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.run.Course;
import dev.waybill.run.ReasonDigest;
import dev.waybill.run.Supply;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Traits;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// One process that runs a keyed flow once, in virtual time, until it is done or dies.
final class KeyedLife {

  private static final int MOST_STEPS = 100_000;

  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1;

    Death() {
      super("the process was killed", null, false, false);
    }
  }

  private enum Purpose {
    WRITING,
    DELETING
  }

  private record Due(long at, long order, Runnable event) {}

  private final SplittableRandom random;
  private final KeyedService service;
  private final KeyedPlant plant;
  private final double deathChance;
  private final Policy policy;
  private long now;
  private long order;
  private long lastNumber;

  KeyedLife(SplittableRandom random, KeyedService service, KeyedPlant plant, double deathChance) {
    this.random = random;
    this.service = service;
    this.plant = plant;
    this.deathChance = deathChance;
    this.policy =
        Policy.forTraits(Traits.of(Traits.Idempotence.IDEMPOTENT))
            .batchItems(random.nextInt(1, 12))
            .inFlight(random.nextInt(1, 5))
            .maxAttempts(random.nextInt(1, 4))
            .rejectedRetries(0)
            .backoff(new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2)))
            .patience(Duration.ofMinutes(10))
            .build();
  }

  void write(
      String run, Supply<Fields> supply, Journal<Fields> journal, Predicate<Item<Fields>> doubted) {
    var watched = new Watched(journal, service::announced, Purpose.WRITING);
    drive(run, supply, watched, doubted, service::write);
  }

  void delete(String run, Supply<Fields> supply, Journal<Fields> journal) {
    var watched = new Watched(journal, service::announcedAsDeleted, Purpose.DELETING);
    drive(run, supply, watched, item -> false, service::delete);
  }

  private void drive(
      String run,
      Supply<Fields> supply,
      Journal<Fields> journal,
      Predicate<Item<Fields>> doubted,
      Function<Batch<Fields>, Reply> destination) {
    var engine =
        new Engine<Fields>(
            policy,
            new Nature<>(
                Traits.of(Traits.Idempotence.IDEMPOTENT),
                item -> 0,
                Item::key,
                Nature.Single.NONE,
                Nature.Lookup.NONE),
            run,
            random.split(),
            lastNumber,
            doubted);
    var course =
        new Course<>(engine, journal, settlement -> {}, Recovery.none(), new ReasonDigest());
    var events =
        new PriorityQueue<Due>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    boolean ended = false;
    engine.advance(now);
    for (int steps = 0; !(ended && engine.idle()); steps++) {
      if (steps > MOST_STEPS) {
        throw new AssertionError("the run goes on for ever");
      }
      while (!ended && engine.wantsItems()) {
        if (!supply.next(course)) {
          ended = true;
          course.endOfInput();
        }
      }
      engine.advance(now);
      for (Call<Fields> call : course.step()) {
        mayDie();
        lastNumber = Math.max(lastNumber, call.batch().number());
        Reply reply = destination.apply(call.batch());
        Reply seen =
            plant == KeyedPlant.TRUST_DOUBT && reply instanceof Reply.InDoubt
                ? Reply.accepted(call.batch().size())
                : reply;
        long took = Duration.ofMillis(random.nextInt(1, 500)).toNanos();
        events.add(new Due(now + took, ++order, () -> course.replied(call, seen)));
        mayDie();
      }
      if (random.nextInt(4) == 0) {
        course.commit();
      }
      mayDie();
      Due due = events.poll();
      long wake = engine.wakeAt();
      if (due != null && due.at() <= wake) {
        now = Math.max(now, due.at());
        engine.advance(now);
        due.event().run();
      } else {
        if (due != null) {
          events.add(due);
        }
        if (wake != Long.MAX_VALUE) {
          now = Math.max(now, wake);
        }
      }
    }
    course.step();
    course.commit();
    if (course.unwritten() != null) {
      throw new AssertionError(course.unwritten());
    }
  }

  private void mayDie() {
    if (random.nextDouble() < deathChance) {
      throw new Death();
    }
  }

  /// Notes what the ledger durably calls delivered, and plants faults.
  private final class Watched implements Journal<Fields> {

    private final Journal<Fields> journal;
    private final Consumer<Batch<Fields>> announced;
    private final Purpose purpose;
    private final Map<String, String> delivered = new HashMap<>();

    Watched(Journal<Fields> journal, Consumer<Batch<Fields>> announced, Purpose purpose) {
      this.journal = journal;
      this.announced = announced;
      this.purpose = purpose;
    }

    @Override
    public void sends(Batch<Fields> batch) {
      announced.accept(batch);
      if (plant != KeyedPlant.FORGET_OPEN) {
        journal.sends(batch);
      }
    }

    @Override
    public void concluded(long number) {
      journal.concluded(number);
    }

    @Override
    public void settled(Settlement<Fields> settlement) {
      if (settlement.disposition() == Disposition.DELIVERED && purpose == Purpose.WRITING) {
        settlement
            .items()
            .forEach(item -> delivered.put(String.valueOf(item.key()), KeyedService.value(item)));
        if (plant == KeyedPlant.FORGET_ACCEPTED) {
          return;
        }
      }
      boolean rejected =
          settlement.disposition() == Disposition.REJECTED && settlement.attempts() > 0;
      journal.settled(
          rejected && plant == KeyedPlant.ACCEPT_REJECTED
              ? new Settlement<>(
                  settlement.batch(),
                  settlement.items(),
                  Disposition.DELIVERED,
                  null,
                  settlement.attempts(),
                  settlement.ids())
              : settlement);
    }

    @Override
    public void wrote(Map<String, Long> lengths) {
      journal.wrote(lengths);
    }

    @Override
    public void commit() {
      journal.commit();
      service.accepted.putAll(delivered);
      delivered.clear();
    }

    @Override
    public void close() {}
  }
}
