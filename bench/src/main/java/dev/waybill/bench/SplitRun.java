package dev.waybill.bench;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Action;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Traits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/// One batch with some bad items, and the calls that are made until all that is good in it is
/// delivered and each bad item was refused alone, for its own reason. The destination refuses a
/// batch for any bad item in it and does not say which.
///
/// @param size items in the batch
/// @param bad the positions of the bad items, counted from 0
/// @param calls in order
record SplitRun(int size, BitSet bad, List<Asked> calls) {

  private static final Reason BAD = Reason.of("one of the items is bad");

  /// A call with the items from one position up to another.
  record Asked(int from, int to, boolean refused) {

    boolean within(Asked other) {
      return from >= other.from && to <= other.to;
    }
  }

  /// That many bad items at random places.
  static BitSet places(int size, int bad, SplittableRandom random) {
    var places = new BitSet();
    while (places.cardinality() < bad) {
      places.set(random.nextInt(size));
    }
    return places;
  }

  /// By the engine, which knows nothing of the number of bad items.
  static SplitRun byEngine(int size, BitSet bad) {
    Traits traits = Traits.of(Traits.Idempotence.NOT_IDEMPOTENT);
    var nature =
        new Nature<Integer>(
            traits, Item::sourceBytes, Item::key, Nature.Single.NONE, Nature.Lookup.NONE);
    Policy policy = Policy.forTraits(traits).batchItems(size).inFlight(1).build();
    var engine = new Engine<>(policy, nature, "bench", new SplittableRandom(1));
    engine.advance(0);
    for (int position = 0; position < size; position++) {
      engine.accept(Item.of(position + 1, position));
    }
    engine.endOfInput();
    var calls = new ArrayList<Asked>();
    while (!engine.finished()) {
      Action<Integer> action = engine.poll();
      if (action == null) {
        engine.advance(engine.wakeAt());
      } else if (action instanceof Action.Make<Integer>(Call<Integer> call)) {
        List<Item<Integer>> items = call.batch().items();
        var asked =
            asked(items.getFirst().payload(), items.getFirst().payload() + items.size(), bad);
        calls.add(asked);
        engine.replied(
            call, asked.refused() ? new Reply.Refused(BAD) : Reply.accepted(items.size()));
      }
    }
    if (engine.tally().rejected() != bad.cardinality()) {
      throw new IllegalStateException(engine.tally().toString());
    }
    return new SplitRun(size, bad, calls);
  }

  /// By plain halving: what is refused is cut in the middle, and both halves are sent.
  static SplitRun byHalving(int size, BitSet bad) {
    var calls = new ArrayList<Asked>();
    halve(0, size, bad, calls);
    return new SplitRun(size, bad, calls);
  }

  private static void halve(int from, int to, BitSet bad, List<Asked> calls) {
    Asked asked = asked(from, to, bad);
    calls.add(asked);
    if (asked.refused() && to - from > 1) {
      int middle = (from + to) / 2;
      halve(from, middle, bad, calls);
      halve(middle, to, bad, calls);
    }
  }

  private static Asked asked(int from, int to, BitSet bad) {
    int next = bad.nextSetBit(from);
    return new Asked(from, to, next >= 0 && next < to);
  }
}
