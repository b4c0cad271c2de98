package dev.waybill.bench;

import com.sun.management.ThreadMXBean;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.delivery.Action;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Traits;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// How many items the engine handles with a destination that answers at once, and what it allocates
/// for each.
///
/// Arguments: millions of items, and rounds.
public final class EngineAlone {

  private static final int BATCH = 500;
  private static final int READY_MADE = 10_000;
  private static final Reply ACCEPTED = Reply.accepted(BATCH);

  private EngineAlone() {}

  public static void main(String[] arguments) throws Exception {
    long items = Long.parseLong(arguments[0]) * 1_000_000;
    int rounds = Integer.parseInt(arguments[1]);
    List<Item<String>> readyMade = new ArrayList<>();
    for (int i = 1; i <= READY_MADE; i++) {
      readyMade.add(Item.of(i, "payload"));
    }
    System.out.printf("batches of %d; %s%n", BATCH, Spent.surroundings());
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int round = 0; round <= rounds; round++) {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      Spent spent = Spent.on(() -> deliver(readyMade, items));
      System.out.printf(
          "%s %,12.0f items/s  %,12.0f items/CPU s  %.2f bytes allocated an item%n",
          round == 0 ? "warm-up" : "round " + round,
          items / spent.seconds(),
          items / spent.cpuSeconds(),
          (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / items);
    }
  }

  private static void deliver(List<Item<String>> readyMade, long items) {
    Traits traits = Traits.of(Traits.Idempotence.NOT_IDEMPOTENT);
    var nature =
        new Nature<String>(
            traits, Item::sourceBytes, Item::key, Nature.Single.NONE, Nature.Lookup.NONE);
    var engine =
        new Engine<>(
            Policy.forTraits(traits).batchItems(BATCH).build(),
            nature,
            "bench",
            new SplittableRandom(1));
    engine.advance(0);
    long now = 0;
    int at = 0;
    for (long i = 0; i < items; i++) {
      engine.accept(readyMade.get(at));
      at++;
      if (at == READY_MADE) {
        at = 0;
      }
      if (!engine.wantsItems() || i % BATCH == BATCH - 1) {
        now += 1_000_000;
        engine.advance(now);
        answer(engine);
      }
    }
    engine.endOfInput();
    answer(engine);
    if (!engine.finished() || engine.tally().delivered() != items) {
      throw new IllegalStateException(engine.tally().toString());
    }
  }

  private static void answer(Engine<String> engine) {
    for (Action<String> action = engine.poll(); action != null; action = engine.poll()) {
      if (action instanceof Action.Make<String>(Call<String> call)) {
        engine.replied(
            call, call.batch().size() == BATCH ? ACCEPTED : Reply.accepted(call.batch().size()));
      }
    }
  }
}
