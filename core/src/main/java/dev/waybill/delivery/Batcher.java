package dev.waybill.delivery;

import dev.waybill.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects new items into batches, by count and bytes.
final class Batcher<T> {

  private final int mostItems;
  private final long lingerNanos;

  /// Where items wait for others of their key, they come out of turn. The ledger names a batch by
  /// its ordinals, so a batch is always in their order: only then can the very same call be made
  /// again after a crash.
  private final boolean sorts;

  private long mostBytes;
  private List<Item<T>> items = List.of();
  private long bytes;
  private long since;
  private boolean flushing;

  Batcher(Policy policy, Nature<T> nature) {
    this.mostItems = policy.batchItems();
    this.mostBytes = nature.traits().maxBytes();
    this.sorts = policy.order() == Policy.Order.PER_KEY;
    this.lingerNanos = policy.linger().toNanos();
  }

  /// Whether an item of this size must wait until [#take] was called.
  boolean isFullFor(long itemBytes) {
    return items.size() >= mostItems || (!items.isEmpty() && bytes + itemBytes > mostBytes);
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  boolean isFull() {
    return items.size() >= mostItems;
  }

  /// How many more items fill the batch; 1 if it is empty, since its linger time begins with the
  /// first, and where no linger time would bring along those that are fewer.
  int itemsUntilFull() {
    return items.isEmpty() || flushing || lingerNanos == 0 ? 1 : mostItems - items.size();
  }

  void add(Item<T> item, long itemBytes, long now) {
    if (items.isEmpty()) {
      items = new ArrayList<>(Math.min(mostItems, 1_000));
      since = now;
    }
    items.add(item);
    bytes += itemBytes;
  }

  /// The items collected so far, which stay here.
  List<Item<T>> collected() {
    return items;
  }

  /// The items collected so far; null if there are none.
  @Nullable List<Item<T>> take() {
    if (items.isEmpty()) {
      return null;
    }
    if (sorts) {
      items.sort(Comparator.comparingLong(Item::ordinal));
    }
    List<Item<T>> taken = Collections.unmodifiableList(items);
    items = List.of();
    bytes = 0;
    return taken;
  }

  /// What the collected items take of the byte limit.
  long bytes() {
    return bytes;
  }

  /// From now on batches go out as they are, however small.
  void flush() {
    flushing = true;
  }

  /// From now on batches wait to be full, or for the linger time.
  void fill() {
    flushing = false;
  }

  /// When a batch that is not full is to go out; [Long#MAX_VALUE] if not before it is full.
  long dueAt() {
    if (items.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (flushing) {
      return Long.MIN_VALUE;
    }
    return lingerNanos == 0 ? Long.MAX_VALUE : since + lingerNanos;
  }

  /// A batch of this size was refused as too large: makes no more of them.
  void tooLarge(long refusedBytes) {
    if (refusedBytes > 1) {
      mostBytes = Math.min(mostBytes, refusedBytes / 2);
    }
  }
}
