package dev.waybill.run;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Receipt;
import dev.waybill.Settlement;
import dev.waybill.Spans;
import dev.waybill.spi.Intake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What was submitted to a [Dispatcher] and what became of it: the meeting point of the threads
/// that submit and the one that delivers.
final class Submissions<T> implements Input<T>, SettlementSink<T> {

  private static final int PORTION = 512;

  /// A submitted item, or, without one, the wish that all before it go out now.
  private record Entry<T>(@Nullable Item<T> item) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final Queue<Entry<T>> waiting = new ArrayDeque<>();
  private final List<Entry<T>> portion = new ArrayList<>(PORTION);
  private final Map<Long, CompletableFuture<Receipt<T>>> tracked = new HashMap<>();
  private final Spans settled = new Spans();
  private final Runnable arrived;
  private final Runnable flush;
  private final int most;
  private List<Undelivered<T>> undelivered = new ArrayList<>();
  private long lastOrdinal;
  private long settledCount;
  private boolean ended;

  /// @param most how many items may be here and on their way
  /// @param arrived called when there is something new to take
  /// @param flush called by the delivering thread where a flush was asked for
  Submissions(int most, Runnable arrived, Runnable flush) {
    this.most = most;
    this.arrived = arrived;
    this.flush = flush;
  }

  // ---- the threads that submit

  /// Takes a payload, once there is room.
  ///
  /// @return false if nothing is taken any more
  /// @param receipt to be completed with the item's end; null if nobody waits for that
  boolean submit(
      @Nullable String key,
      T payload,
      WhenFull whenFull,
      @Nullable CompletableFuture<Receipt<T>> receipt) {
    lock.lock();
    try {
      awaitRoom(whenFull);
      if (ended) {
        return false;
      }
      var item = new Item<>(++lastOrdinal, key, payload, null);
      if (receipt != null) {
        tracked.put(item.ordinal(), receipt);
      }
      put(new Entry<>(item));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom(WhenFull whenFull) {
    if (undelivered.size() >= Undelivered.MOST) {
      throw new DispatcherFullException(
          "%,d undelivered payloads wait to be taken by flush()".formatted(undelivered.size()));
    }
    while (!ended && whenFull != WhenFull.GROW && lastOrdinal - settledCount >= most) {
      if (whenFull == WhenFull.FAIL) {
        throw new DispatcherFullException("%,d payloads are on their way already".formatted(most));
      }
      room.awaitUninterruptibly();
    }
  }

  private void put(Entry<T> entry) {
    boolean first = waiting.isEmpty();
    waiting.add(entry);
    if (first) {
      arrived.run();
    }
  }

  /// Waits until all that was submitted so far has come to its end, and takes what was not
  /// delivered.
  List<Undelivered<T>> awaitAll() throws InterruptedException {
    lock.lock();
    try {
      long upTo = lastOrdinal;
      if (settled.firstMissing() <= upTo) {
        put(new Entry<>(null));
      }
      while (settled.firstMissing() <= upTo) {
        progress.await();
      }
      return takeUndelivered();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing is submitted any more.
  void end() {
    lock.lock();
    try {
      ended = true;
      room.signalAll();
      arrived.run();
    } finally {
      lock.unlock();
    }
  }

  /// Takes what was not delivered, without waiting.
  List<Undelivered<T>> takeUndelivered() {
    lock.lock();
    try {
      List<Undelivered<T>> taken = undelivered;
      undelivered = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Adds what others did not deliver.
  void addUndelivered(List<Undelivered<T>> others) {
    lock.lock();
    try {
      undelivered.addAll(others);
    } finally {
      lock.unlock();
    }
  }

  // ---- the thread that delivers

  @Override
  public boolean hasReady() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean give(Intake<T> intake) {
    lock.lock();
    try {
      while (portion.size() < PORTION && !waiting.isEmpty()) {
        portion.add(waiting.remove());
      }
    } finally {
      lock.unlock();
    }
    for (Entry<T> entry : portion) {
      if (entry.item() == null) {
        flush.run();
      } else {
        intake.accept(entry.item());
      }
    }
    boolean gave = !portion.isEmpty();
    portion.clear();
    return gave;
  }

  @Override
  public boolean isExhausted() {
    lock.lock();
    try {
      return ended && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void settled(Settlement<T> settlement) {
    var receipts = new HashMap<CompletableFuture<Receipt<T>>, Receipt<T>>(0);
    lock.lock();
    try {
      note(settlement);
      if (!tracked.isEmpty()) {
        for (Receipt<T> receipt : settlement.receipts()) {
          CompletableFuture<Receipt<T>> future = tracked.remove(receipt.item().ordinal());
          if (future != null) {
            receipts.put(future, receipt);
          }
        }
      }
      room.signalAll();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
    // Whoever waits for these may submit again at once, so the lock is free by now.
    receipts.forEach(CompletableFuture::complete);
  }

  private void note(Settlement<T> settlement) {
    List<Item<T>> items = settlement.items();
    settledCount += items.size();
    int start = 0;
    for (int i = 1; i <= items.size(); i++) {
      if (i == items.size() || items.get(i).ordinal() != items.get(i - 1).ordinal() + 1) {
        settled.add(items.get(start).ordinal(), items.get(i - 1).ordinal());
        start = i;
      }
    }
    Reason reason = settlement.reason();
    if (settlement.disposition() != Disposition.DELIVERED && reason != null) {
      for (Item<T> item : items) {
        undelivered.add(
            new Undelivered<>(
                item.payload(), settlement.disposition(), reason, settlement.attempts()));
      }
    }
  }
}
