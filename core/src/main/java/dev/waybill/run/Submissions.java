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

  /// An eighth: less than what is held beside the calls under way, which are kept going meanwhile.
  private static final int ROOM_SHARE = 8;

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

  /// Those who wait for room are woken when there is so much: not for every few items.
  private final int muchRoom;

  private List<Undelivered<T>> undelivered = new ArrayList<>();
  private long lastOrdinal;
  private long settledCount;

  /// With so many waiting the delivering thread is told; it was already if that is out of reach.
  private int worthTelling = 1;

  /// Whether those that wait are to be taken, however few they are.
  private boolean inHaste;

  private boolean ended;

  /// @param most how many items may be here and on their way
  /// @param arrived called when there is something new to take
  /// @param flush called by the delivering thread where a flush was asked for
  Submissions(int most, Runnable arrived, Runnable flush) {
    this.most = most;
    this.muchRoom = Math.max(1, most / ROOM_SHARE);
    this.arrived = arrived;
    this.flush = flush;
  }

  // ---- the threads that submit

  /// Takes a payload, once there is room.
  ///
  /// @param item whatever its ordinal: it is given the next
  /// @param receipt to be completed with the item's end; null if nobody waits for that
  /// @return false if nothing is taken any more
  boolean submit(Item<T> item, WhenFull whenFull, @Nullable CompletableFuture<Receipt<T>> receipt) {
    lock.lock();
    try {
      awaitRoom(whenFull);
      if (ended) {
        return false;
      }
      long ordinal = ++lastOrdinal;
      if (receipt != null) {
        tracked.put(ordinal, receipt);
      }
      waiting.add(new Entry<>(item.at(ordinal)));
      if (waiting.size() >= worthTelling) {
        tell();
      }
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
      hurry();
      if (whenFull == WhenFull.FAIL) {
        throw new DispatcherFullException("%,d payloads are on their way already".formatted(most));
      }
      room.awaitUninterruptibly();
    }
  }

  /// Has those that wait taken now: there will not be more soon.
  private void hurry() {
    if (!inHaste && !waiting.isEmpty()) {
      inHaste = true;
      tell();
    }
  }

  private void tell() {
    worthTelling = Integer.MAX_VALUE;
    arrived.run();
  }

  /// Waits until all that was submitted so far has come to its end, and takes what was not
  /// delivered.
  List<Undelivered<T>> awaitAll() throws InterruptedException {
    lock.lock();
    try {
      long upTo = lastOrdinal;
      if (settled.firstMissing() <= upTo) {
        waiting.add(new Entry<>(null));
        hurry();
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
      inHaste = true;
      tell();
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
  public boolean hasReady(int enough) {
    lock.lock();
    try {
      boolean ready = waiting.size() >= enough || (inHaste && !waiting.isEmpty());
      worthTelling = ready ? Integer.MAX_VALUE : enough;
      return ready;
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
      inHaste &= !waiting.isEmpty() || ended;
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
    Map<CompletableFuture<Receipt<T>>, Receipt<T>> receipts = Map.of();
    lock.lock();
    try {
      note(settlement);
      if (!tracked.isEmpty()) {
        receipts = new HashMap<>();
        for (Receipt<T> receipt : settlement.receipts()) {
          CompletableFuture<Receipt<T>> future = tracked.remove(receipt.item().ordinal());
          if (future != null) {
            receipts.put(future, receipt);
          }
        }
      }
      if (most - (lastOrdinal - settledCount) >= muchRoom) {
        room.signalAll();
      }
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
