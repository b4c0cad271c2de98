package dev.waybill.run;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Spans;
import dev.waybill.delivery.Policy;
import dev.waybill.delivery.Tally;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Delivers all items of a supply to a destination; then, where there is a second stage, those of
/// another supply to another destination.
///
/// [#execute] does the work on the thread that calls it; calls are made on virtual threads, and the
/// supply is read ahead on one of its own. [#progress], [#stop] and [#abandon] may be called from
/// any thread meanwhile.
public final class Run<T> {

  private final String name;
  private final Journal<T> journal;
  private final @Nullable CallObserver<T> observer;
  private final ReasonDigest reasons = new ReasonDigest();
  private final Stage<T> first;
  private @Nullable Second<T> second;

  /// Between the thread that executes and those that want the run to end.
  private final ReentrantLock lock = new ReentrantLock();

  private Stage<T> current;
  private @Nullable Event<T> ending;

  /// What comes behind the first stage.
  private record Second<T>(
      Supply<T> supply,
      Destination<T> destination,
      Policy policy,
      SettlementSink<T> sink,
      Runnable begins) {}

  /// A run that need not survive a crash.
  ///
  /// @param name names the run, in idempotency keys too; never the same for two runs
  public Run(
      String name,
      Supply<T> supply,
      Destination<T> destination,
      Policy policy,
      SettlementSink<T> sink) {
    this(name, supply, destination, policy, sink, Journal.none(), Recovery.none(), item -> false);
  }

  /// A run with a durable account, which may go on with what an earlier process left.
  ///
  /// @param name names the run, in idempotency keys too; the same when it is resumed
  /// @param recovery what the ledger knows of this run from before; the supply may begin at its
  ///   checkpoint
  /// @param doubtedBefore whether another run, of which this is a retry, left an item in doubt
  public Run(
      String name,
      Supply<T> supply,
      Destination<T> destination,
      Policy policy,
      SettlementSink<T> sink,
      Journal<T> journal,
      Recovery recovery,
      Predicate<Item<T>> doubtedBefore) {
    this(name, supply, destination, policy, sink, journal, recovery, doubtedBefore, null);
  }

  /// A run with a durable account, whose calls are observed.
  ///
  /// @param observer told of each call; null for nobody
  public Run(
      String name,
      Supply<T> supply,
      Destination<T> destination,
      Policy policy,
      SettlementSink<T> sink,
      Journal<T> journal,
      Recovery recovery,
      Predicate<Item<T>> doubtedBefore,
      @Nullable CallObserver<T> observer) {
    this.name = name;
    this.journal = journal;
    this.observer = observer;
    this.first =
        new Stage<>(
            name,
            supply,
            destination,
            policy,
            sink,
            journal,
            recovery,
            doubtedBefore,
            reasons,
            observer);
    this.current = first;
  }

  /// The same run with a second stage, which begins when every item of the first has come to its
  /// end. To be called before [#execute]; such a run can not be resumed.
  ///
  /// @param sink takes what becomes of its items
  /// @param begins called when it begins
  public Run<T> then(
      Supply<T> supply,
      Destination<T> destination,
      Policy policy,
      SettlementSink<T> sink,
      Runnable begins) {
    second = new Second<>(supply, destination, policy, sink, begins);
    return this;
  }

  /// A name for a new run.
  public static String newName() {
    return UUID.randomUUID().toString();
  }

  /// Does it, to the end. To be called once.
  public Report execute() {
    first.execute();
    Second<T> next = second;
    // A stage that was broken off, or could not be read or written down, has no successor.
    if (next != null && first.unread() == null && first.unwritten() == null) {
      begin(next).execute();
    }
    Progress end = progress();
    return new Report(
        end.tally(),
        end.elapsed(),
        end.standing().closed(),
        first.stopped() == null ? current.stopped() : first.stopped(),
        reasons.groups(),
        first.unread() == null ? current.unread() : first.unread(),
        first.unwritten() == null ? current.unwritten() : first.unwritten());
  }

  private Stage<T> begin(Second<T> next) {
    next.begins().run();
    var recovery = new Recovery(new Spans(), Map.of(), first.lastNumber(), null);
    var stage =
        new Stage<>(
            name,
            next.supply(),
            next.destination(),
            next.policy(),
            next.sink(),
            journal,
            recovery,
            item -> false,
            reasons,
            observer);
    lock.lock();
    try {
      current = stage;
      Reason stopped = first.stopped();
      if (ending != null) {
        stage.tell(ending);
      } else if (stopped != null) {
        stage.tell(new Event.Stop<>(stopped));
      }
      return stage;
    } finally {
      lock.unlock();
    }
  }

  /// How far it has come; from any thread.
  public Progress progress() {
    Stage<T> now = stage();
    Progress progress = now.progress();
    if (now == first) {
      return progress;
    }
    Progress before = first.progress();
    Tally tally = before.tally().plus(progress.tally());
    Duration elapsed = before.elapsed().plus(progress.elapsed());
    return new Progress(
        tally, progress.standing().closedBefore(before.standing().closed()), elapsed);
  }

  private Stage<T> stage() {
    lock.lock();
    try {
      return current;
    } finally {
      lock.unlock();
    }
  }

  /// Why items were not delivered so far, as of the last second; from any thread.
  public List<ReasonDigest.Group> reasons() {
    List<ReasonDigest.Group> now = stage().reasons();
    return now.isEmpty() ? first.reasons() : now;
  }

  /// Ends the run in good order: calls under way are waited for, and all that is left, of the
  /// source too, is accounted for as unprocessed.
  public void stop(Reason reason) {
    end(new Event.Stop<>(reason));
  }

  /// Ends the run now: what is under way becomes unknown, and the source is read no further.
  public void abandon(Reason reason) {
    end(new Event.Abandon<>(reason));
  }

  private void end(Event<T> event) {
    lock.lock();
    try {
      ending = event;
      current.tell(event);
    } finally {
      lock.unlock();
    }
  }
}
