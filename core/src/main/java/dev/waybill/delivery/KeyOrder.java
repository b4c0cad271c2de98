package dev.waybill.delivery;

import dev.waybill.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keeps the items of one key in order by letting only one of them into the engine at a time. The
/// others wait here until it has come to its end, whatever that takes: retries, splits, a look-up.
final class KeyOrder<T> {

  /// A key that is in the engine, with the items that wait for it.
  private final Map<String, Queue<Item<T>>> busy = new HashMap<>();

  /// For keys for which nobody waits: nearly all.
  private final Queue<Item<T>> nobody = new ArrayDeque<>(0);

  private final Function<Item<T>, @Nullable String> keyOf;

  KeyOrder(Function<Item<T>, @Nullable String> keyOf) {
    this.keyOf = keyOf;
  }

  /// Whether this item may go in now. If not, it waits here.
  boolean enter(Item<T> item) {
    String key = keyOf.apply(item);
    if (key == null) {
      return true;
    }
    Queue<Item<T>> waiting = busy.putIfAbsent(key, nobody);
    if (waiting == null) {
      return true;
    }
    if (waiting.isEmpty()) {
      waiting = new ArrayDeque<>();
      busy.put(key, waiting);
    }
    waiting.add(item);
    return false;
  }

  /// This item is in already, whoever else of its key is.
  void holds(Item<T> item) {
    String key = keyOf.apply(item);
    if (key != null) {
      busy.putIfAbsent(key, nobody);
    }
  }

  /// An item has come to its end: the next of its key, which may go in now; null if none waits.
  @Nullable Item<T> leave(Item<T> item) {
    String key = keyOf.apply(item);
    if (key == null) {
      return null;
    }
    Queue<Item<T>> waiting = busy.get(key);
    if (waiting == null) {
      return null;
    }
    Item<T> next = waiting.poll();
    if (next == null) {
      busy.remove(key);
    }
    return next;
  }

  /// Those that wait; the items of a key in their order.
  List<Item<T>> waiting() {
    return busy.values().stream().flatMap(Queue::stream).toList();
  }

  /// Takes out all that wait, in the order of their ordinals.
  List<Item<T>> drain() {
    var drained = new ArrayList<Item<T>>();
    busy.values()
        .forEach(
            waiting -> {
              drained.addAll(waiting);
              waiting.clear();
            });
    drained.sort((a, b) -> Long.compare(a.ordinal(), b.ordinal()));
    return drained;
  }
}
