package dev.waybill.delivery;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where items come to their end: counts them and writes their settlements. Every item that came in
/// passes here exactly once.
final class Accounts<T> {

  private final Queue<Action<T>> actions = new ArrayDeque<>();
  private final Consumer<List<Item<T>>> released;
  private long offered;
  private long delivered;
  private long rejected;
  private long unknown;
  private long unprocessed;
  private long heldBytes;
  long calls;
  long failedCalls;
  long throttledCalls;
  long retries;

  /// @param released is told of the items that have come to their end after they were taken in
  Accounts(Consumer<List<Item<T>>> released) {
    this.released = released;
  }

  void offered(Item<T> item) {
    offered++;
    heldBytes += item.sourceBytes();
  }

  void make(Call<T> call) {
    calls++;
    actions.add(new Action.Make<>(call));
  }

  void conclude(long number) {
    actions.add(new Action.Conclude<>(number));
  }

  @Nullable Action<T> poll() {
    return actions.poll();
  }

  /// All items of this work ended alike.
  void settle(Work<T> work, Disposition disposition, @Nullable Reason reason) {
    settle(work, 0, work.size(), disposition, reason, List.of());
  }

  /// One item ended.
  void settle(Work<T> work, int index, Disposition disposition, @Nullable Reason reason) {
    settle(work, index, index + 1, disposition, reason, List.of());
  }

  /// A run of a work's items ended alike; those sent equally often share a settlement.
  ///
  /// @param ids the ids of all items of the work, or none
  void settle(
      Work<T> work,
      int from,
      int to,
      Disposition disposition,
      @Nullable Reason reason,
      List<@Nullable String> ids) {
    if (work.earlierCalls == null) {
      write(work, from, to, disposition, reason, ids);
      return;
    }
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || work.attempts(i) != work.attempts(start)) {
        write(work, start, i, disposition, reason, ids);
        start = i;
      }
    }
  }

  private void write(
      Work<T> work,
      int from,
      int to,
      Disposition disposition,
      @Nullable Reason reason,
      List<@Nullable String> ids) {
    int attempts = work.attempts(from);
    // The whole list where it is the whole: it is read item by item, and a view costs at each.
    List<Item<T>> items =
        from == 0 && to == work.size() ? work.items : work.items.subList(from, to);
    write(
        new Settlement<>(
            attempts == 0 ? 0 : work.number,
            items,
            disposition,
            reason,
            attempts,
            ids.isEmpty() ? ids : ids.subList(from, to)));
    released.accept(items);
  }

  /// An item ended without having been taken in.
  void settleUnsent(Item<T> item, Disposition disposition, Reason reason) {
    write(new Settlement<>(0, List.of(item), disposition, reason, 0, List.of()));
  }

  /// Items leave without having come to an end, as if they had never come in.
  void giveBack(List<Item<T>> items) {
    offered -= items.size();
    for (Item<T> item : items) {
      heldBytes -= item.sourceBytes();
    }
    actions.add(new Action.GiveBack<>(items));
  }

  private void write(Settlement<T> settlement) {
    int count = settlement.items().size();
    switch (settlement.disposition()) {
      case DELIVERED -> delivered += count;
      case REJECTED -> rejected += count;
      case UNKNOWN -> unknown += count;
      case UNPROCESSED -> unprocessed += count;
    }
    for (Item<T> item : settlement.items()) {
      heldBytes -= item.sourceBytes();
    }
    actions.add(new Action.Settle<>(settlement));
  }

  long heldBytes() {
    return heldBytes;
  }

  long settled() {
    return delivered + rejected + unknown + unprocessed;
  }

  long held() {
    return offered - settled();
  }

  long rejected() {
    return rejected;
  }

  Tally tally() {
    return new Tally(
        offered,
        delivered,
        rejected,
        unknown,
        unprocessed,
        calls,
        failedCalls,
        throttledCalls,
        retries);
  }
}
