package dev.waybill.testkit.simulation;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.delivery.Holding;
import dev.waybill.delivery.Policy;
import dev.waybill.sim.SimulatedService;
import dev.waybill.spi.Traits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Plays a checkpointed job from a seed: subtasks deliver, checkpoints are taken at any moment, and
/// the whole is thrown back to the last one by crashes, each time with another parallelism. Then
/// holds the account against the truth:
/// 1. every item has exactly one receipt that a checkpoint has seen;
/// 2. what counts as delivered was applied, and
/// 3. but for items that a lost attempt had sent after the last checkpoint: what counts as rejected
///    or unprocessed was not applied, and a destination that is not idempotent never got an item
///    twice;
/// 4. all subtasks together never made more calls at a time, or a second, than allowed;
/// 5. in a job that was never thrown back, items of one key were applied in order;
/// 6. the job ended.
public final class CheckpointSimulation {

  private static final int MOST_LIVES = 50;

  private final World world;
  private final CheckpointedWriter.Maker maker;
  private final SplittableRandom random;
  private final SimulatedService service;

  /// What the last checkpoint kept.
  record Checkpoint(
      long nextOrdinal, List<Holding<Integer>> held, Map<Long, Disposition> receipts) {}

  /// What a job was like, for statistics.
  ///
  /// @param lives how often it was started
  /// @param checkpoints how many checkpoints were taken
  /// @param sentAgain items that a lost attempt had sent after the last checkpoint
  /// @param ends how many items ended in each way
  public record Result(int lives, int checkpoints, int sentAgain, Map<Disposition, Long> ends) {}

  private CheckpointSimulation(long seed, CheckpointedWriter.Maker maker) {
    this.world = World.of(seed);
    this.maker = maker;
    this.random = new SplittableRandom(seed ^ 0xc4ec);
    this.service = SimulatedService.of(world.service());
  }

  /// Plays the job of this seed.
  ///
  /// @throws Violation if a promise was broken
  public static Result play(long seed, CheckpointedWriter.Maker maker) {
    return new CheckpointSimulation(seed, maker).play();
  }

  private Result play() {
    var checkpoint = new Checkpoint(1, List.of(), Map.of());
    Set<Long> sentAgain = new HashSet<>();
    int lives = 0;
    int checkpoints = 0;
    long now = 0;
    @Nullable Map<Long, Disposition> receipts = null;
    while (receipts == null) {
      if (++lives > MOST_LIVES) {
        throw new Violation(6, "the job was started " + lives + " times and did not end");
      }
      int parallelism = random.nextInt(1, 1 + Math.min(3, world.policy().inFlight()));
      var life =
          new CheckpointedLife(
              world,
              maker,
              random.split(),
              service,
              checkpoint,
              parallelism,
              lives <= world.crashes(),
              now);
      try {
        receipts = life.live();
      } catch (Crash crash) {
        sentAgain.addAll(life.sentSinceCheckpoint());
      }
      checkpoint = life.checkpoint();
      checkpoints += life.checkpoints();
      now = life.now() + 1_000_000_000L;
    }
    check(receipts, sentAgain, lives);
    return new Result(lives, checkpoints, sentAgain.size(), ends(receipts));
  }

  private void check(Map<Long, Disposition> receipts, Set<Long> sentAgain, int lives) {
    for (long ordinal = 1; ordinal <= world.items(); ordinal++) {
      Disposition disposition = receipts.get(ordinal);
      if (disposition == null) {
        throw new Violation(1, "item " + ordinal + " has no receipt");
      }
      int applied = service.truth().timesApplied(ordinal);
      boolean known = !sentAgain.contains(ordinal);
      switch (disposition) {
        case DELIVERED -> require(2, applied > 0, ordinal, "delivered, but not applied");
        case REJECTED -> {
          require(3, applied == 0 || !known, ordinal, "rejected, but applied");
          boolean refusable = world.isUnreadable(ordinal) || service.isBad(world.item(ordinal));
          require(2, refusable, ordinal, "rejected, though nothing is wrong with it");
        }
        case UNPROCESSED -> require(3, applied == 0 || !known, ordinal, "unprocessed, but applied");
        case UNKNOWN -> {}
      }
      boolean mayRepeat = world.traits().idempotence() == Traits.Idempotence.IDEMPOTENT || !known;
      require(3, mayRepeat || applied <= 1, ordinal, "applied " + applied + " times");
    }
    if (receipts.size() != world.items()) {
      throw new Violation(1, "%d receipts for %d items".formatted(receipts.size(), world.items()));
    }
    if (lives == 1
        && world.policy().order() == Policy.Order.PER_KEY
        && service.truth().outOfOrder() > 0) {
      throw new Violation(
          5, service.truth().outOfOrder() + " items came after a later one of their key");
    }
  }

  private static void require(int promise, boolean holds, long ordinal, String what) {
    if (!holds) {
      throw new Violation(promise, "item " + ordinal + " is " + what);
    }
  }

  /// Which subtask delivers an item.
  static int owner(Item<Integer> item, int parallelism) {
    String key = item.key();
    return Math.floorMod(key == null ? item.ordinal() : key.hashCode(), parallelism);
  }

  /// What a subtask goes on with, where order is kept as where it is not.
  static List<Holding<Integer>> shared(
      List<Holding<Integer>> held, int index, int parallelism, Policy policy) {
    var mine = new ArrayList<Holding<Integer>>();
    for (int i = 0; i < held.size(); i++) {
      if (policy.order() == Policy.Order.PER_KEY) {
        Holding<Integer> part = held.get(i).only(item -> owner(item, parallelism) == index);
        if (part != null) {
          mine.add(part);
        }
      } else if (i % parallelism == index) {
        mine.add(held.get(i));
      }
    }
    return mine;
  }

  private static Map<Disposition, Long> ends(Map<Long, Disposition> receipts) {
    Map<Disposition, Long> ends = new HashMap<>();
    for (Disposition disposition : receipts.values()) {
      ends.merge(disposition, 1L, Long::sum);
    }
    return ends;
  }
}
