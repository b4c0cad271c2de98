package dev.waybill.testkit.simulation;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Settlement;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Holding;
import dev.waybill.delivery.Nature;
import dev.waybill.sim.Outcome;
import dev.waybill.sim.SimulatedService;
import dev.waybill.spi.Verifier.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One attempt of a checkpointed job, from a checkpoint to its end or its crash.
final class CheckpointedLife {

  private static final int MOST_STEPS = 400_000;
  private static final int PORTION = 32;
  private static final double CHECKPOINT_CHANCE = 0.05;

  private record Due(long at, long order, Runnable event) {}

  private final World world;
  private final SplittableRandom random;
  private final SimulatedService service;
  private final boolean mortal;
  private final List<CheckpointedWriter> writers = new ArrayList<>();
  private final Map<Long, Disposition> receipts;
  private final Set<Long> sent = new HashSet<>();
  private final PriorityQueue<Due> events =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private CheckpointSimulation.Checkpoint checkpoint;
  private long nextOrdinal;
  private boolean inputEnded;
  private int underWay;
  private double paidUntil;
  private int checkpoints;
  private long now;
  private long order;

  CheckpointedLife(
      World world,
      CheckpointedWriter.Maker maker,
      SplittableRandom random,
      SimulatedService service,
      CheckpointSimulation.Checkpoint from,
      int parallelism,
      boolean mortal,
      long now) {
    this.world = world;
    this.random = random;
    this.service = service;
    this.checkpoint = from;
    this.mortal = mortal;
    this.now = now;
    this.paidUntil = now;
    this.nextOrdinal = from.nextOrdinal();
    this.receipts = new HashMap<>(from.receipts());
    var nature =
        new Nature<Integer>(
            world.traits(), item -> 0, Item::key, Nature.Single.NONE, world.lookup());
    for (int i = 0; i < parallelism; i++) {
      var around = new Around();
      CheckpointedWriter writer =
          maker.make(
              i,
              parallelism,
              world.policy(),
              nature,
              random.split(),
              around,
              CheckpointSimulation.shared(from.held(), i, parallelism, world.policy()));
      writers.add(writer);
      around.begin(writer);
    }
  }

  long now() {
    return now;
  }

  int checkpoints() {
    return checkpoints;
  }

  CheckpointSimulation.Checkpoint checkpoint() {
    return checkpoint;
  }

  Set<Long> sentSinceCheckpoint() {
    return sent;
  }

  /// Goes on to the end, and returns all receipts.
  Map<Long, Disposition> live() {
    for (int steps = 0; !ended(); steps++) {
      if (steps > MOST_STEPS) {
        throw new Violation(6, "the job goes on for ever");
      }
      feed();
      mayCrash();
      if (random.nextDouble() < CHECKPOINT_CHANCE) {
        takeCheckpoint();
      }
      if (!ended() && !readable()) {
        next();
      }
    }
    return receipts;
  }

  private boolean ended() {
    return inputEnded && writers.stream().allMatch(CheckpointedWriter::idle);
  }

  /// A barrier passes only where every subtask takes items.
  private boolean readable() {
    return !inputEnded && writers.stream().allMatch(CheckpointedWriter::wantsItems);
  }

  private void feed() {
    for (int i = 0; i < PORTION && readable(); i++) {
      if (nextOrdinal > world.items()) {
        inputEnded = true;
        writers.forEach(CheckpointedWriter::endOfInput);
        return;
      }
      Item<Integer> item = world.item(nextOrdinal++);
      CheckpointedWriter writer = writers.get(CheckpointSimulation.owner(item, writers.size()));
      if (world.isUnreadable(item.ordinal())) {
        writer.refuse(item, Reason.of("no such date"));
      } else {
        writer.accept(item);
      }
    }
  }

  private void takeCheckpoint() {
    var held = new ArrayList<Holding<Integer>>();
    for (CheckpointedWriter writer : writers) {
      List<Holding<Integer>> kept = writer.held();
      long items = kept.stream().mapToLong(holding -> holding.items().size()).sum();
      if (items != writer.heldCount()) {
        throw new Violation(
            1, "%d items are held, and %d kept".formatted(writer.heldCount(), items));
      }
      held.addAll(kept);
    }
    checkpoint =
        new CheckpointSimulation.Checkpoint(nextOrdinal, List.copyOf(held), Map.copyOf(receipts));
    checkpoints++;
    sent.clear();
  }

  private void next() {
    Due due = events.peek();
    long wake = writers.stream().mapToLong(CheckpointedWriter::wakeAt).min().orElseThrow();
    if (due == null && wake == Long.MAX_VALUE) {
      throw new Violation(6, "nothing is to come, and the job is not done");
    }
    if (due != null && due.at() <= wake) {
      events.remove();
      now = Math.max(now, due.at());
      due.event().run();
    } else {
      now = Math.max(now, wake);
      writers.forEach(CheckpointedWriter::wake);
    }
  }

  private void mayCrash() {
    if (mortal && random.nextDouble() < world.crashChance()) {
      throw new Crash("between steps");
    }
  }

  /// What is around one of the writers. Calls made while it is put together wait until it is.
  private final class Around implements CheckpointedWriter.Outside {

    private final List<Call<Integer>> early = new ArrayList<>();
    private @Nullable CheckpointedWriter writer;
    private long gateOpensAt;

    void begin(CheckpointedWriter made) {
      writer = made;
      early.forEach(this::call);
    }

    @Override
    public long now() {
      return now;
    }

    @Override
    public void settled(Settlement<Integer> settlement) {
      for (Item<Integer> item : settlement.items()) {
        if (receipts.put(item.ordinal(), settlement.disposition()) != null) {
          throw new Violation(1, "item " + item.ordinal() + " came to its end twice");
        }
      }
    }

    @Override
    public void call(Call<Integer> call) {
      CheckpointedWriter caller = writer;
      if (caller == null) {
        early.add(call);
        return;
      }
      observe(call);
      if (call.kind() == Call.Kind.LOOKUP) {
        Findings findings = service.find(call.batch().items(), now);
        later(
            Duration.ofMillis(20),
            () -> {
              underWay--;
              caller.found(call, findings);
            });
        return;
      }
      call.batch().items().forEach(item -> sent.add(item.ordinal()));
      Outcome outcome = service.receive(call.batch(), now);
      later(
          outcome.took(),
          () -> {
            underWay--;
            if (outcome.seen() instanceof Reply.Throttled throttled
                && throttled.retryAfter() != null) {
              gateOpensAt = Math.max(gateOpensAt, now + throttled.retryAfter().toNanos());
            }
            caller.replied(call, outcome.seen());
          });
    }

    private void observe(Call<Integer> call) {
      if (now < gateOpensAt) {
        throw new Violation(4, "a call came before the gate opened");
      }
      if (++underWay > world.policy().inFlight()) {
        throw new Violation(
            4,
            "%d calls at a time, with %d allowed".formatted(underWay, world.policy().inFlight()));
      }
      double rate = world.policy().callsPerSecond();
      if (rate > 0) {
        // Each subtask may make a call at once and make up for 10 ms; together that is this much.
        double ahead = 10_000_001 + writers.size() * 1e9 / rate;
        if (paidUntil - now > ahead) {
          throw new Violation(4, "the rate of %s calls/s was passed".formatted(rate));
        }
        paidUntil = Math.max(paidUntil, (double) now) + 1e9 / rate;
      }
      if (call.batch().size() > world.policy().batchItems()) {
        throw new Violation(4, "a call has " + call.batch().size() + " items");
      }
    }

    private void later(Duration took, Runnable event) {
      long wait = took.toNanos() + (long) (random.nextDouble() * world.jitter().toNanos());
      events.add(new Due(now + Math.max(1, wait), ++order, event));
    }
  }
}
