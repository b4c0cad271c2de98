package dev.waybill.run;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Verifier.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Turns the engine: takes what happened and what was read, lets the course write it down, and
/// makes the calls. All of it on the one thread that executes the loop; others only leave events.
final class Loop<T> {

  /// How long a person waits at most to see what happened.
  private static final long COMMIT_NANOS = 500_000_000;

  /// After so many portions of items it looks whether something else has happened.
  private static final int PORTIONS_AT_ONCE = 16;

  private final Engine<T> engine;
  private final Course<T> course;
  private final Calls<T> calls;
  private final BlockingQueue<Event<T>> events = new LinkedBlockingQueue<>();
  private final List<Event<T>> arrived = new ArrayList<>();
  private final long startedAt = System.nanoTime();
  private volatile Progress progress;
  private volatile List<ReasonDigest.Group> reasons = List.of();
  private boolean abandoned;

  Loop(Engine<T> engine, Course<T> course, Destination<T> destination) {
    this(engine, course, destination, null);
  }

  /// A loop whose calls are watched, unless `watch` is null.
  Loop(Engine<T> engine, Course<T> course, Destination<T> destination, @Nullable Watch<T> watch) {
    this.engine = engine;
    this.course = course;
    this.calls = new Calls<>(destination, events::add, watch);
    engine.advance(startedAt);
    this.progress = new Progress(engine.tally(), engine.standing(), Duration.ZERO);
  }

  /// Something happened; from any thread.
  void tell(Event<T> event) {
    events.add(event);
  }

  Progress progress() {
    return progress;
  }

  /// The reasons as of the last commit.
  List<ReasonDigest.Group> reasons() {
    return reasons;
  }

  /// Goes on until the input is exhausted and every item has come to its end, or it was abandoned.
  void execute(Input<T> input) {
    try {
      boolean inputEnded = false;
      long commitAt = startedAt + COMMIT_NANOS;
      while (!(inputEnded && engine.idle()) && !abandoned) {
        boolean itemsWait =
            !inputEnded && engine.wantsItems() && input.hasReady(engine.itemsUntilFull());
        await(itemsWait ? Long.MIN_VALUE : Math.min(engine.wakeAt(), commitAt));
        engine.advance(System.nanoTime());
        arrived.forEach(this::handle);
        arrived.clear();
        takeItems(input);
        if (!inputEnded && (input.isExhausted() || course.unwritten() != null)) {
          inputEnded = true;
          course.endOfInput();
        }
        engine.advance(System.nanoTime());
        makeCalls();
        if (System.nanoTime() >= commitAt) {
          course.commit();
          reasons = course.reasons();
          commitAt = System.nanoTime() + COMMIT_NANOS;
        }
        publish();
      }
      makeCalls();
      course.commit();
      publish();
    } finally {
      calls.close();
    }
  }

  /// Lets others see how things stand now.
  void publish() {
    progress = new Progress(engine.tally(), engine.standing(), elapsed());
  }

  boolean abandoned() {
    return abandoned;
  }

  private void await(long until) {
    try {
      long nanos = until == Long.MIN_VALUE ? 0 : until - System.nanoTime();
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

  private void takeItems(Input<T> input) {
    for (int i = 0; i < PORTIONS_AT_ONCE && !abandoned && engine.wantsItems(); i++) {
      if (!input.give(course)) {
        return;
      }
      engine.advance(System.nanoTime());
      makeCalls();
    }
  }

  private void makeCalls() {
    course.step().forEach(calls::make);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }
}
