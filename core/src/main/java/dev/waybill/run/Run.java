package dev.waybill.run;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Delivers all items of a supply to a destination.
///
/// [#execute] does the work on the thread that calls it; calls are made on virtual threads, and the
/// supply is read ahead on one of its own. [#progress], [#stop] and [#abandon] may be called from
/// any thread meanwhile.
public final class Run<T> {

  private final Engine<T> engine;
  private final Course<T> course;
  private final Loop<T> loop;
  private final Feed<T> feed;
  private final ReasonDigest reasons = new ReasonDigest();

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
    this.engine =
        new Engine<>(
            policy,
            Nature.of(destination),
            name,
            new SplittableRandom(),
            recovery.lastNumber(),
            doubtedBefore);
    this.course = new Course<>(engine, journal, sink, recovery, reasons);
    this.loop =
        new Loop<>(
            engine,
            course,
            destination,
            observer == null ? null : new Watch<>(observer, destination));
    this.feed = new Feed<>(supply, () -> loop.tell(new Event.Fed<>()));
  }

  /// A name for a new run.
  public static String newName() {
    return UUID.randomUUID().toString();
  }

  /// Does it, to the end. To be called once.
  public Report execute() {
    feed.start();
    try {
      loop.execute(feed);
    } finally {
      feed.close();
    }
    Progress end = loop.progress();
    return new Report(
        end.tally(),
        end.elapsed(),
        end.standing().closed(),
        engine.stopped() == null ? engine.refusedTooMuch() : engine.stopped(),
        reasons.groups(),
        loop.abandoned() && !feed.isExhausted()
            ? "the run was broken off before the source's end"
            : feed.failure(),
        course.unwritten());
  }

  /// How far it has come; from any thread.
  public Progress progress() {
    return loop.progress();
  }

  /// Why items were not delivered so far, as of the last second; from any thread.
  public List<ReasonDigest.Group> reasons() {
    return loop.reasons();
  }

  /// Ends the run in good order: calls under way are waited for, and all that is left, of the
  /// source too, is accounted for as unprocessed.
  public void stop(Reason reason) {
    loop.tell(new Event.Stop<>(reason));
  }

  /// Ends the run now: what is under way becomes unknown, and the source is read no further.
  public void abandon(Reason reason) {
    loop.tell(new Event.Abandon<>(reason));
  }
}
