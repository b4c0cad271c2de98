package dev.waybill.run;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Verifier.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Delivers all items of a supply to a destination.
///
/// [#execute] does the work on the thread that calls it; calls are made on virtual threads, and the
/// supply is read ahead on one of its own. [#progress], [#stop] and [#abandon] may be called from
/// any thread meanwhile.
public final class Run<T> {

  /// How long a person waits at most to see what happened.
  private static final long FLUSH_NANOS = 500_000_000;

  /// After so many chunks it looks whether something else has happened.
  private static final int CHUNKS_AT_ONCE = 16;

  private final Engine<T> engine;
  private final Course<T> course;
  private final Feed<T> feed;
  private final BlockingQueue<Event<T>> events = new LinkedBlockingQueue<>();
  private final List<Event<T>> arrived = new ArrayList<>();
  private final Calls<T> calls;
  private final ReasonDigest reasons = new ReasonDigest();
  private final long startedAt = System.nanoTime();
  private volatile Progress progress;
  private boolean abandoned;

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
    RandomGenerator random = new SplittableRandom();
    this.engine =
        new Engine<>(
            policy, Nature.of(destination), name, random, recovery.lastNumber(), doubtedBefore);
    this.course = new Course<>(engine, journal, sink, recovery, reasons);
    this.feed = new Feed<>(supply, () -> events.add(new Event.Fed<>()));
    this.calls = new Calls<>(destination, events::add);
    this.engine.advance(startedAt);
    this.progress = new Progress(engine.tally(), engine.standing(), Duration.ZERO);
  }

  /// A name for a new run.
  public static String newName() {
    return UUID.randomUUID().toString();
  }

  /// Does it, to the end. To be called once.
  public Report execute() {
    feed.start();
    try {
      boolean inputEnded = false;
      long flushAt = startedAt + FLUSH_NANOS;
      while (!(inputEnded && engine.idle()) && !abandoned) {
        await(Math.min(engine.wakeAt(), flushAt), inputEnded);
        engine.advance(System.nanoTime());
        arrived.forEach(this::handle);
        arrived.clear();
        takeItems();
        if (!inputEnded && (feed.isExhausted() || course.unwritten() != null)) {
          inputEnded = true;
          course.endOfInput();
        }
        engine.advance(System.nanoTime());
        course.step().forEach(calls::make);
        if (System.nanoTime() >= flushAt) {
          course.commit();
          flushAt = System.nanoTime() + FLUSH_NANOS;
        }
        progress = new Progress(engine.tally(), engine.standing(), elapsed());
      }
      course.commit();
      return report();
    } finally {
      feed.close();
      calls.close();
    }
  }

  /// How far it has come; from any thread.
  public Progress progress() {
    return progress;
  }

  /// Ends the run in good order: calls under way are waited for, and all that is left, of the
  /// source too, is accounted for as unprocessed.
  public void stop(Reason reason) {
    events.add(new Event.Stop<>(reason));
  }

  /// Ends the run now: what is under way becomes unknown, and the source is read no further.
  public void abandon(Reason reason) {
    events.add(new Event.Abandon<>(reason));
  }

  private void await(long until, boolean inputEnded) {
    try {
      boolean itemsWait = !inputEnded && engine.wantsItems() && feed.hasReady();
      long nanos = itemsWait ? 0 : until - System.nanoTime();
      Event<T> first = nanos <= 0 ? events.poll() : events.poll(nanos, TimeUnit.NANOSECONDS);
      if (first != null) {
        arrived.add(first);
        events.drainTo(arrived);
      }
    } catch (InterruptedException e) {
      // Whoever interrupts the thread of a run wants it to end.
      arrived.add(new Event.Stop<>(Reason.of("the run was interrupted")));
    }
  }

  private void handle(Event<T> event) {
    if (abandoned) {
      return;
    }
    switch (event) {
      case Event.Replied<T>(Call<T> call, Reply reply) -> course.replied(call, reply);
      case Event.Found<T>(Call<T> call, Findings findings) -> course.found(call, findings);
      case Event.Fed<T> fed -> {}
      case Event.Stop<T>(Reason reason) -> engine.stop(reason);
      case Event.Abandon<T>(Reason reason) -> {
        engine.abandon(reason);
        abandoned = true;
      }
    }
  }

  private void takeItems() {
    for (int i = 0; i < CHUNKS_AT_ONCE && !abandoned && engine.wantsItems(); i++) {
      Chunk<T> chunk = feed.take();
      if (chunk == null) {
        return;
      }
      chunk.into(course);
      course.step().forEach(calls::make);
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  private Report report() {
    String unread = abandoned ? "the run was broken off before the source's end" : feed.failure();
    return new Report(
        engine.tally(),
        elapsed(),
        engine.standing().closed(),
        engine.stopped() == null ? engine.refusedTooMuch() : engine.stopped(),
        reasons.groups(),
        unread,
        course.unwritten());
  }
}
