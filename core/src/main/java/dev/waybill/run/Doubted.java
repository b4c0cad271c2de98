package dev.waybill.run;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.delivery.Engine;
import dev.waybill.spi.LiveKnowledge.Located;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The calls that were under way when an earlier life ended, put together again from their items,
/// which a live source hands over in any order of its partitions.
final class Doubted<T> {

  private static final Reason ENDED =
      Reason.of("the process ended while a call with this item was under way");

  private final Map<Long, Long> numberByOrdinal = new HashMap<>();
  private final Map<Long, Long> sizes = new HashMap<>();
  private final Map<Long, List<Item<T>>> gathered = new TreeMap<>();

  Doubted(List<Located> calls) {
    // An item in two batches was sent again in the later one, whose number is higher.
    calls.stream()
        .sorted(Comparator.comparingLong(Located::number))
        .forEach(
            call -> {
              sizes.merge(call.number(), call.ordinals().size(), Long::sum);
              for (long i = call.ordinals().first(); i <= call.ordinals().last(); i++) {
                numberByOrdinal.put(i, call.number());
              }
            });
  }

  /// One of them, under the ordinal that it had.
  void gather(Item<T> item) {
    long number = numberByOrdinal.getOrDefault(item.ordinal(), 0L);
    gathered.computeIfAbsent(number, unseen -> new ArrayList<>()).add(item);
  }

  /// Partitions were given away.
  void drop(Set<String> partitions) {
    gathered.values().forEach(items -> items.removeIf(item -> Chunk.isOf(item, partitions)));
    gathered.values().removeIf(List::isEmpty);
  }

  /// All that was gathered up to now goes to an engine; calls that are whole to be made again as
  /// they were.
  void into(Engine<T> engine) {
    gathered.forEach(
        (number, items) -> {
          items.sort(Comparator.comparingLong(Item::ordinal));
          if (number > 0 && items.size() == sizes.getOrDefault(number, 0L)) {
            engine.acceptInDoubt(number, items, ENDED);
          } else {
            engine.acceptPartInDoubt(items, ENDED);
          }
        });
    gathered.clear();
  }
}
