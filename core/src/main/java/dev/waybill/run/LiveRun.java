package dev.waybill.run;

import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.Spans;
import dev.waybill.UserException;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.delivery.Standing;
import dev.waybill.delivery.Tally;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Lag;
import dev.waybill.spi.Position;
import dev.waybill.spi.Recovery;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Delivers the records of a live source to a destination until it is told to stop.
///
/// [#execute] does the work on the thread that calls it; calls are made on virtual threads, and the
/// source is polled on one of its own. All other methods may be called from any thread meanwhile.
///
/// The run is a row of stages with an engine each: one ends when partitions of the source are given
/// away, and the next goes on with what is left.
public final class LiveRun<T> {

  /// The source is given so long to tell its far side what was settled, at the end.
  private static final Duration MOST_CLOSING = Duration.ofSeconds(30);

  private static final Reason RELEASED = Reason.of("partitions of the source were given away");

  private final String name;
  private final LiveSupply<T> supply;
  private final Destination<T> destination;
  private final Policy policy;
  private final Journal<T> journal;
  private final SettlementSink<T> sink;
  private final @Nullable CallObserver<T> observer;
  private final ReasonDigest reasons = new ReasonDigest();
  private final Watermarks watermarks;
  private final LiveFeed<T> feed;
  private final LiveInput<T> input;
  private final long startedAt = System.nanoTime();

  /// Between the thread that executes, the reader's, and those that want the run to end.
  private final ReentrantLock lock = new ReentrantLock();

  private Stage stage;
  private Tally before = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);
  private Duration closedBefore = Duration.ZERO;
  private @Nullable Event<T> ending;
  private @Nullable Release release;
  private @Nullable Throwable failure;
  private boolean over;
  private final Map<String, Position> last = new HashMap<>();
  private volatile long held;
  private volatile long oldestTakenAt = Long.MAX_VALUE;

  private record Release(Set<String> partitions, CompletableFuture<Map<String, Position>> upTo) {}

  /// An engine at work.
  private final class Stage {
    final Engine<T> engine;
    final Course<T> course;
    final Loop<T> loop;

    /// @param lastNumber the last batch number that was used
    Stage(long lastNumber) {
      var recovery = new Recovery(new Spans(), Map.of(), lastNumber, null);
      engine =
          new Engine<>(
              policy,
              Nature.of(destination),
              name,
              new SplittableRandom(),
              lastNumber,
              item -> false);
      course = new Course<>(engine, journal, sink, recovery, reasons);
      loop =
          new Loop<>(
              engine,
              course,
              destination,
              observer == null ? null : new Watch<>(observer, destination));
    }
  }

  /// A run with a durable account, which may go on with what an earlier process left.
  ///
  /// @param name names the run, in idempotency keys too; the same when it goes on after a crash
  /// @param policy one with [Policy#parkAfter]
  /// @param recovery what the ledger knows from before
  /// @param sink told of what becomes of the items
  /// @param observer told of each call; null for nobody
  public LiveRun(
      String name,
      LiveSupply<T> supply,
      Destination<T> destination,
      Policy policy,
      Journal<T> journal,
      Recovery recovery,
      SettlementSink<T> sink,
      @Nullable CallObserver<T> observer) {
    if (policy.parkAfter() == null) {
      throw new IllegalArgumentException("a live run needs to know when it parks an item");
    }
    this.name = name;
    this.supply = supply;
    this.destination = destination;
    this.policy = policy;
    this.observer = observer;
    this.watermarks = new Watermarks(recovery.live());
    this.feed = new LiveFeed<>(supply, this::arrived, this::release, this::failed);
    this.journal = new LiveJournal<>(journal, watermarks, this::durable);
    this.sink = watched(sink);
    this.input = new LiveInput<>(feed, watermarks, recovery, Math.max(1_000, policy.heldItems()));
    this.stage = new Stage(recovery.lastNumber());
  }

  private SettlementSink<T> watched(SettlementSink<T> told) {
    return new SettlementSink<>() {
      @Override
      public void settled(Settlement<T> settlement) {
        told.settled(settlement);
      }

      @Override
      public void flush() {
        told.flush();
        held = watermarks.open();
        oldestTakenAt = watermarks.oldestTakenAt();
      }

      @Override
      public Map<String, Long> lengths() {
        return told.lengths();
      }
    };
  }

  /// Does it, until it is told to stop or there is no going on. To be called once.
  ///
  /// @return its account. To be told to stop is no reason to call it given up
  public Report execute() {
    feed.start();
    Stage done;
    try {
      do {
        done = stage;
        input.into(done.engine, done.course);
        done.loop.execute(input);
      } while (goesOn(done));
    } finally {
      end();
    }
    Progress progress = progress();
    return new Report(
        progress.tally(),
        progress.elapsed(),
        progress.standing().closed(),
        why(done),
        reasons.groups(),
        unread(),
        done.course.unwritten());
  }

  /// Begins the next stage, if the last one ended for nothing but partitions that are given away.
  private boolean goesOn(Stage done) {
    lock.lock();
    try {
      Release due = release;
      if (due == null
          || ending != null
          || failure != null
          || done.loop.abandoned()
          || !RELEASED.equals(done.engine.stopped())
          || done.course.unwritten() != null) {
        return false;
      }
      input.back(done.course.givenBack());
      Standing standing = done.engine.standing();
      before = before.plus(done.engine.tally());
      closedBefore = closedBefore.plus(standing.closed()).minus(standing.opensIn());
      stage = new Stage(done.course.lastNumber());
      if (standing.reason() != null) {
        stage.engine.rest(standing.opensIn().toNanos(), standing.reason());
        stage.loop.publish();
      }
      input.drop(due.partitions());
      // Should they come back, others may have told more of them by then.
      last.keySet().removeAll(due.partitions());
      Map<String, Position> upTo = watermarks.release(due.partitions());
      release = null;
      due.upTo().complete(upTo);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      over = true;
      if (release != null) {
        release.upTo().complete(lastOf(release.partitions()));
      }
    } finally {
      lock.unlock();
    }
    feed.close(MOST_CLOSING);
    if (stage.course.unwritten() == null && feed.hasTold()) {
      watermarks.told(feed.takeTold());
      try {
        journal.commit();
      } catch (UserException e) {
        // It will be known to be settled, and perhaps handed over again: no harm is done.
      }
    }
  }

  private @Nullable Reason why(Stage done) {
    lock.lock();
    try {
      return ending instanceof Event.Stop<T>
              || failure != null
              || RELEASED.equals(done.engine.stopped())
          ? done.engine.refusedTooMuch()
          : done.engine.stopped();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String unread() {
    lock.lock();
    try {
      return switch (failure) {
        case null -> null;
        case UserException told -> told.getMessage();
        case Error bug -> throw bug;
        case RuntimeException bug -> throw bug;
        case Throwable never -> throw new IllegalStateException(never);
      };
    } finally {
      lock.unlock();
    }
  }

  // ---- from the reader's thread

  private void arrived() {
    tell(new Event.Fed<>());
  }

  private void failed(Throwable why) {
    lock.lock();
    try {
      failure = why;
      stage.loop.tell(new Event.Stop<>(Reason.of("the source can not be read on")));
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Position> release(Set<String> partitions) {
    CompletableFuture<Map<String, Position>> upTo;
    lock.lock();
    try {
      if (over) {
        return lastOf(partitions);
      }
      upTo = new CompletableFuture<>();
      release = new Release(Set.copyOf(partitions), upTo);
      stage.loop.tell(new Event.Stop<>(RELEASED));
    } finally {
      lock.unlock();
    }
    return upTo.join();
  }

  private Map<String, Position> lastOf(Set<String> partitions) {
    var known = new HashMap<>(last);
    known.keySet().retainAll(partitions);
    return known;
  }

  // ---- from the run's thread

  private void durable(Map<String, Position> upTo) {
    lock.lock();
    try {
      last.putAll(upTo);
    } finally {
      lock.unlock();
    }
    feed.durable(upTo);
  }

  private void tell(Event<T> event) {
    lock.lock();
    try {
      stage.loop.tell(event);
    } finally {
      lock.unlock();
    }
  }

  // ---- from any thread

  /// How far it has come.
  public Progress progress() {
    lock.lock();
    try {
      Progress now = stage.loop.progress();
      Standing standing = now.standing().closedBefore(closedBefore);
      return new Progress(
          before.plus(now.tally()), standing, Duration.ofNanos(System.nanoTime() - startedAt));
    } finally {
      lock.unlock();
    }
  }

  /// How it stands towards its source, as of the last half second.
  public LiveStanding standing() {
    long oldest = oldestTakenAt;
    Lag lag = supply.source().lag();
    return new LiveStanding(
        lag,
        held,
        oldest == Long.MAX_VALUE
            ? Duration.ZERO
            : Duration.ofNanos(Math.max(0, System.nanoTime() - oldest)));
  }

  /// Why items were not delivered so far, as of the last second.
  public List<ReasonDigest.Group> reasons() {
    lock.lock();
    try {
      return stage.loop.reasons();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the run in good order: nothing more is read, calls under way are waited for, and the
  /// source is told what was settled. All else it has still, for the next run.
  public void stop() {
    end(new Event.Stop<>(Reason.of("it was told to stop")));
  }

  /// Ends the run now: what is under way becomes unknown, where it must not be sent twice.
  public void abandon(Reason reason) {
    end(new Event.Abandon<>(reason));
  }

  private void end(Event<T> event) {
    lock.lock();
    try {
      ending = event;
      stage.loop.tell(event);
    } finally {
      lock.unlock();
    }
  }
}
