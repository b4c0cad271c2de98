package dev.waybill.run;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.spi.Intake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Some items on their way from the reading thread to the run's own.
final class Chunk<T> implements Intake<T> {

  private final List<Item<T>> items = new ArrayList<>(256);
  private final Map<Integer, Reason> refusals = new HashMap<>(0);
  private long bytes;

  @Override
  public void accept(Item<T> item) {
    items.add(item);
    bytes += item.sourceBytes();
  }

  @Override
  public void refuse(Item<T> item, Reason reason) {
    refusals.put(items.size(), reason);
    accept(item);
  }

  /// The same without the items of some partitions of a live source.
  Chunk<T> without(Set<String> partitions) {
    var rest = new Chunk<T>();
    into(
        new Intake<>() {
          @Override
          public void accept(Item<T> item) {
            if (!isOf(item, partitions)) {
              rest.accept(item);
            }
          }

          @Override
          public void refuse(Item<T> item, Reason reason) {
            if (!isOf(item, partitions)) {
              rest.refuse(item, reason);
            }
          }
        });
    return rest;
  }

  static boolean isOf(Item<?> item, Set<String> partitions) {
    return item.origin() != null && partitions.contains(item.origin().file());
  }

  int size() {
    return items.size();
  }

  long bytes() {
    return bytes;
  }

  void into(Intake<T> intake) {
    if (refusals.isEmpty()) {
      items.forEach(intake::accept);
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      Reason refusal = refusals.get(i);
      if (refusal == null) {
        intake.accept(items.get(i));
      } else {
        intake.refuse(items.get(i), refusal);
      }
    }
  }
}
