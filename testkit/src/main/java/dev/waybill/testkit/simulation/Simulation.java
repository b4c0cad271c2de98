package dev.waybill.testkit.simulation;

import dev.waybill.Disposition;
import dev.waybill.delivery.Policy;
import dev.waybill.sim.SimulatedService;
import dev.waybill.spi.Traits;
import dev.waybill.testkit.simulation.SimulatedLedger.Opened;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// Plays one run from a seed: life after life until it is done, each but the last ended by a crash.
/// Then holds the account against the truth:
/// 1. every item has exactly one disposition, the counts add up, files and ledger agree;
/// 2. what counts as delivered was applied; what counts as rejected or unprocessed was not; nothing
///    is rejected that the destination wants;
/// 3. a destination that is not idempotent never got an item twice;
/// 4. no call came before the gate opened, and never more calls, items, attempts or calls at a time
///    than configured;
/// 5. items of one key were applied in order, where that was asked for;
/// 6. the run ended, and never held more than its bound.
public final class Simulation {

  private static final int MOST_LIVES = 50;

  private final World world;
  private final Plant plant;

  private Simulation(World world, Plant plant) {
    this.world = world;
    this.plant = plant;
  }

  /// What a run was like, for statistics.
  ///
  /// @param lives how often the process was started
  /// @param ends how many items ended in each way
  public record Result(int lives, Map<Disposition, Long> ends) {}

  /// Plays the run of this seed.
  ///
  /// @throws Violation if a promise was broken
  public static Result play(long seed, Plant plant) {
    return new Simulation(World.of(seed), plant).play(new ModelLedger());
  }

  /// Plays the run of this seed over a real ledger.
  ///
  /// @param ledger of a run that has not begun; is not closed
  /// @throws Violation if a promise was broken
  public static Result play(long seed, SimulatedLedger ledger) {
    return new Simulation(World.of(seed), Plant.NONE).play(ledger);
  }

  private Result play(SimulatedLedger ledger) {
    var random = new SplittableRandom(world.seed() ^ 0x5eed);
    SimulatedService service = SimulatedService.of(world.service());
    var file = new ModelFile();
    var observer = new Observer(world);
    int lives = 0;
    long now = 0;
    for (boolean done = false; !done; lives++) {
      if (lives > MOST_LIVES) {
        throw new Violation(6, "the run was begun " + lives + " times and did not end");
      }
      Opened opened = ledger.open();
      if (plant != Plant.KEEP_FILE_TAIL) {
        file.cutBack(opened.lengths());
      }
      var life =
          new Life(world, plant, random.split(), service, opened, file, observer, lives, now);
      try {
        life.live();
        done = true;
      } catch (Crash crash) {
        ledger.crash();
        file.crash(random.nextInt(10));
      }
      now = life.now() + Duration.ofSeconds(1).toNanos();
    }
    Map<Long, Disposition> settled = ledger.settled();
    check(service, settled, file);
    return new Result(lives, ends(settled));
  }

  private void check(SimulatedService service, Map<Long, Disposition> settled, ModelFile file) {
    if (settled.size() != world.items()) {
      throw new Violation(
          1,
          "%d of %d items have a disposition; the first without one is %d"
              .formatted(settled.size(), world.items(), firstMissing(settled)));
    }
    Map<String, Long> rows = new HashMap<>();
    file.rows().forEach(row -> rows.merge(row, 1L, Long::sum));
    boolean mayRepeat = world.traits().idempotence() == Traits.Idempotence.IDEMPOTENT;
    settled.forEach(
        (ordinal, disposition) -> {
          if (rows.getOrDefault(ordinal + " " + disposition, 0L) != 1) {
            throw new Violation(
                1,
                "item %d is %s in the ledger, not so in the file".formatted(ordinal, disposition));
          }
          int applied = service.truth().timesApplied(ordinal);
          switch (disposition) {
            case DELIVERED -> require(2, applied > 0, ordinal, "delivered, but not applied");
            case REJECTED -> {
              require(2, applied == 0, ordinal, "rejected, but applied");
              boolean refusable = world.isUnreadable(ordinal) || service.isBad(world.item(ordinal));
              require(2, refusable, ordinal, "rejected, though nothing is wrong with it");
            }
            case UNPROCESSED -> require(2, applied == 0, ordinal, "unprocessed, but applied");
            case UNKNOWN -> {}
          }
          require(3, mayRepeat || applied <= 1, ordinal, "applied " + applied + " times");
        });
    if (file.rows().size() != world.items()) {
      throw new Violation(
          1, "the file has %d rows for %d items".formatted(file.rows().size(), world.items()));
    }
    if (world.policy().order() == Policy.Order.PER_KEY && service.truth().outOfOrder() > 0) {
      throw new Violation(
          5, service.truth().outOfOrder() + " items came after a later one of their key");
    }
    if ("true".equals(world.service().get("idempotency-keys")) && service.truth().repeated() > 0) {
      throw new Violation(3, "a call was applied twice though it had an idempotency key");
    }
  }

  private long firstMissing(Map<Long, Disposition> settled) {
    return LongStream.rangeClosed(1, world.items())
        .filter(ordinal -> !settled.containsKey(ordinal))
        .findFirst()
        .orElse(0);
  }

  private static void require(int invariant, boolean holds, long ordinal, String what) {
    if (!holds) {
      throw new Violation(invariant, "item " + ordinal + " is " + what);
    }
  }

  private static Map<Disposition, Long> ends(Map<Long, Disposition> settled) {
    Map<Disposition, Long> ends = new HashMap<>();
    for (Disposition disposition : settled.values()) {
      ends.merge(disposition, 1L, Long::sum);
    }
    return ends;
  }
}
