package dev.waybill.run;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.spi.Intake;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Polls a live source on a thread of its own, a few portions ahead of the run, and tells it what
/// was settled.
final class LiveFeed<T> implements LiveSource.Host {

  /// Items that lie ready at most: enough that the run need not wait for the next poll.
  private static final int MOST_AHEAD = 2_048;

  private static final int MOST_AT_ONCE = 512;
  private static final long MOST_BYTES_AHEAD = 4L << 20;
  private static final Duration WAIT = Duration.ofMillis(100);

  /// The far side is told no more often.
  private static final long TELL_NANOS = 500_000_000;

  private final LiveSupply<T> supply;
  private final Runnable arrived;
  private final Function<Set<String>, Map<String, Position>> releasing;
  private final Consumer<Throwable> failed;
  private final Intake<Fields> door;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Deque<Chunk<T>> ready = new ArrayDeque<>();
  private final Map<String, Position> toTell = new HashMap<>();
  private final ConcurrentLinkedQueue<Position> told = new ConcurrentLinkedQueue<>();
  private int itemsReady;
  private long bytesReady;
  private Chunk<T> chunk = new Chunk<>();
  private volatile boolean closed;

  /// @param arrived called whenever there is something new to take
  /// @param releasing what is to be done when partitions are given away
  /// @param failed told why the source can not be read on
  LiveFeed(
      LiveSupply<T> supply,
      Runnable arrived,
      Function<Set<String>, Map<String, Position>> releasing,
      Consumer<Throwable> failed) {
    this.supply = supply;
    this.arrived = arrived;
    this.releasing = releasing;
    this.failed = failed;
    this.door = supply.mapping().apply(new Passage());
    this.thread = Thread.ofPlatform().name("waybill-live-reader").daemon().unstarted(this::read);
  }

  void start() {
    thread.start();
  }

  // ---- the reader's thread

  private void read() {
    try (LiveSource source = supply.source()) {
      try {
        source.start(this);
        long tellAt = System.nanoTime();
        while (!closed) {
          poll(source);
          if (System.nanoTime() >= tellAt) {
            tell(source);
            tellAt = System.nanoTime() + TELL_NANOS;
          }
        }
      } catch (RuntimeException | Error e) {
        failed.accept(e);
        awaitClosed();
      }
      tell(source);
    } catch (RuntimeException e) {
      // What the source could not be told any more it hands over again, and that is known.
      System.getLogger(LiveFeed.class.getName())
          .log(System.Logger.Level.DEBUG, "a source was not told all that was settled", e);
    }
  }

  private void poll(LiveSource source) {
    int most = awaitRoom();
    source.poll(door, most, most == 0 ? Duration.ZERO : WAIT);
    if (chunk.size() > 0) {
      lock.lock();
      try {
        ready.add(chunk);
        itemsReady += chunk.size();
        bytesReady += chunk.bytes();
        chunk = new Chunk<>();
      } finally {
        lock.unlock();
      }
      arrived.run();
    }
  }

  /// How many items may be polled for; waits a little if there is no room.
  private int awaitRoom() {
    lock.lock();
    try {
      long nanos = WAIT.toNanos();
      while (isFull() && !closed && nanos > 0) {
        nanos = room.awaitNanos(nanos);
      }
      return isFull() ? 0 : MOST_AT_ONCE;
    } catch (InterruptedException e) {
      closed = true;
      return 0;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return itemsReady + MOST_AT_ONCE > MOST_AHEAD || bytesReady >= MOST_BYTES_AHEAD;
  }

  private void tell(LiveSource source) {
    Map<String, Position> due;
    lock.lock();
    try {
      if (toTell.isEmpty()) {
        return;
      }
      due = new HashMap<>(toTell);
      toTell.clear();
    } finally {
      lock.unlock();
    }
    source.settled(due);
  }

  private void awaitClosed() {
    lock.lock();
    try {
      while (!closed) {
        room.await();
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable String bookmark() {
    return supply.bookmark().read();
  }

  @Override
  public void bookmark(String text) {
    supply.bookmark().write(text);
  }

  @Override
  public Map<String, Position> release(Set<String> partitions) {
    chunk = chunk.without(partitions);
    Map<String, Position> upTo = releasing.apply(partitions);
    lock.lock();
    try {
      toTell.keySet().removeAll(partitions);
    } finally {
      lock.unlock();
    }
    return upTo;
  }

  @Override
  public void committed(Map<String, Position> upTo) {
    told.addAll(upTo.values());
    arrived.run();
  }

  private final class Passage implements Intake<T> {

    @Override
    public void accept(Item<T> item) {
      chunk.accept(item);
    }

    @Override
    public void refuse(Item<T> item, Reason reason) {
      chunk.refuse(item, reason);
    }
  }

  // ---- the run's thread

  boolean hasReady() {
    lock.lock();
    try {
      return !ready.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Nullable Chunk<T> take() {
    lock.lock();
    try {
      Chunk<T> taken = ready.poll();
      if (taken != null) {
        itemsReady -= taken.size();
        bytesReady -= taken.bytes();
        room.signalAll();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Drops what lies ready of partitions that were given away.
  void drop(Set<String> partitions) {
    lock.lock();
    try {
      List<Chunk<T>> rest = ready.stream().map(each -> each.without(partitions)).toList();
      ready.clear();
      itemsReady = 0;
      bytesReady = 0;
      for (Chunk<T> each : rest) {
        if (each.size() > 0) {
          ready.add(each);
          itemsReady += each.size();
          bytesReady += each.bytes();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// The source may be told this.
  void durable(Map<String, Position> upTo) {
    lock.lock();
    try {
      toTell.putAll(upTo);
    } finally {
      lock.unlock();
    }
  }

  boolean hasTold() {
    return !told.isEmpty();
  }

  /// What the far side has come to know since this was last asked.
  Collection<Position> takeTold() {
    var taken = new HashMap<String, Position>();
    for (Position next = told.poll(); next != null; next = told.poll()) {
      taken.put(next.partition(), next);
    }
    return taken.values();
  }

  /// Polls no more, tells the source what it may be told, and closes it.
  void close(Duration most) {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.join(most)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
