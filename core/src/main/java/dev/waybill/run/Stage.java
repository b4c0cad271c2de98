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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One supply, delivered to one destination: all of a run, or a part of it.
final class Stage<T> {

  private final Engine<T> engine;
  private final Course<T> course;
  private final Loop<T> loop;
  private final Feed<T> feed;

  Stage(
      String name,
      Supply<T> supply,
      Destination<T> destination,
      Policy policy,
      SettlementSink<T> sink,
      Journal<T> journal,
      Recovery recovery,
      Predicate<Item<T>> doubtedBefore,
      ReasonDigest reasons,
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

  void execute() {
    feed.start();
    try {
      loop.execute(feed);
    } finally {
      feed.close();
    }
  }

  void tell(Event<T> event) {
    loop.tell(event);
  }

  Progress progress() {
    return loop.progress();
  }

  List<ReasonDigest.Group> reasons() {
    return loop.reasons();
  }

  long lastNumber() {
    return course.lastNumber();
  }

  @Nullable Reason stopped() {
    return engine.stopped() == null ? engine.refusedTooMuch() : engine.stopped();
  }

  @Nullable String unread() {
    return loop.abandoned() && !feed.isExhausted()
        ? "the run was broken off before the source's end"
        : feed.failure();
  }

  @Nullable String unwritten() {
    return course.unwritten();
  }
}
