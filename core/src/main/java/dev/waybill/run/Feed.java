package dev.waybill.run;

import dev.waybill.UserException;
import dev.waybill.spi.Intake;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Reads ahead on a thread of its own, a few chunks and no more. While the run waits for items,
/// each is handed over at once; else they are gathered, so that the two threads seldom meet.
final class Feed<T> implements Input<T> {

  private static final int CHUNKS_AHEAD = 4;
  private static final int MOST_ITEMS = 512;
  private static final long MOST_BYTES = 256 << 10;

  private final Supply<T> supply;
  private final Runnable arrived;
  private final BlockingQueue<Chunk<T>> ready = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
  private final Thread thread;
  private volatile boolean hungry = true;
  private volatile boolean ended;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /// @param arrived called whenever there is something new to take
  Feed(Supply<T> supply, Runnable arrived) {
    this.supply = supply;
    this.arrived = arrived;
    this.thread = Thread.ofPlatform().name("waybill-reader").daemon().unstarted(this::read);
  }

  void start() {
    thread.start();
  }

  private void read() {
    try {
      boolean more = true;
      while (more && !closed) {
        var chunk = new Chunk<T>();
        more = read(chunk);
        if (chunk.size() > 0) {
          hungry = false;
          ready.put(chunk);
          arrived.run();
        }
      }
    } catch (InterruptedException e) {
      // closed: nobody takes what was read
    } finally {
      ended = true;
      arrived.run();
    }
  }

  /// Reads a chunk full, or what there is before the source ends or breaks.
  private boolean read(Chunk<T> chunk) {
    try {
      do {
        if (!supply.next(chunk)) {
          return false;
        }
      } while (!closed && !hungry && chunk.size() < MOST_ITEMS && chunk.bytes() < MOST_BYTES);
      return true;
    } catch (RuntimeException | Error e) {
      failure = e;
      return false;
    }
  }

  @Override
  public boolean hasReady(int enough) {
    return !ready.isEmpty();
  }

  @Override
  public boolean give(Intake<T> intake) {
    Chunk<T> chunk = ready.poll();
    if (chunk == null) {
      hungry = true;
      return false;
    }
    chunk.into(intake);
    return true;
  }

  @Override
  public boolean isExhausted() {
    return ended && ready.isEmpty();
  }

  /// Why the source could not be read to its end; null if it could.
  ///
  /// @throws RuntimeException if that is a bug
  @Nullable String failure() {
    return switch (failure) {
      case null -> null;
      case UserException told -> told.getMessage();
      case Error bug -> throw bug;
      case RuntimeException bug -> throw bug;
      case Throwable never -> throw new IllegalStateException(never);
    };
  }

  /// Reads no further.
  void close() {
    closed = true;
    thread.interrupt();
  }
}
