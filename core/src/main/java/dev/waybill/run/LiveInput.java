package dev.waybill.run;

import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.delivery.Engine;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Position;
import dev.waybill.spi.Recovery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Hands the records of a live source to the run: gives them their ordinals, drops those that have
/// come to their end before, and lets those that were in calls of an earlier life go first.
final class LiveInput<T> implements Input<T> {

  /// For so long it waits for what was in calls of an earlier life. It may never come: its
  /// partition may have gone elsewhere, and what is old may have been deleted.
  private static final Duration MOST_GATHERING = Duration.ofSeconds(30);

  /// So many items go to the engine between two looks at what else has happened.
  private static final int PORTION = 512;

  private record Entry<T>(Item<T> item, @Nullable Reason refusal) {}

  private final LiveFeed<T> feed;
  private final Watermarks watermarks;
  private final Doubted<T> doubted;
  private final int mostGathered;

  /// Goes before all that is read: given back by an engine before, or read while it was waited for
  /// what was in doubt.
  private final Deque<Entry<T>> first = new ArrayDeque<>();

  private final List<Entry<T>> gathered = new ArrayList<>();
  private long lastOrdinal;
  private boolean gathering;
  private long gatheredBy = Long.MAX_VALUE;
  private @Nullable Engine<T> engine;
  private @Nullable Course<T> course;

  /// @param recovery what the ledger knows from before
  /// @param mostGathered so many records are held back at most
  LiveInput(LiveFeed<T> feed, Watermarks watermarks, Recovery recovery, int mostGathered) {
    this.feed = feed;
    this.watermarks = watermarks;
    this.doubted = new Doubted<>(recovery.live().inDoubt());
    this.lastOrdinal = recovery.lastKnown();
    this.mostGathered = mostGathered;
    this.gathering = watermarks.awaitsInDoubt();
  }

  /// From now on items go there.
  void into(Engine<T> nextEngine, Course<T> nextCourse) {
    engine = nextEngine;
    course = nextCourse;
  }

  /// Items that an engine gave back go first of all.
  void back(List<Item<T>> items) {
    for (int i = items.size() - 1; i >= 0; i--) {
      first.addFirst(new Entry<>(items.get(i), null));
    }
  }

  /// Partitions were given away: nothing of them is delivered here.
  void drop(Set<String> partitions) {
    first.removeIf(entry -> Chunk.isOf(entry.item(), partitions));
    gathered.removeIf(entry -> Chunk.isOf(entry.item(), partitions));
    doubted.drop(partitions);
    feed.drop(partitions);
  }

  @Override
  public boolean hasReady(int enough) {
    return !first.isEmpty() || feed.hasReady();
  }

  @Override
  public boolean isExhausted() {
    return engine().stopped() != null;
  }

  @Override
  public boolean give(Intake<T> intake) {
    takeTold();
    if (isExhausted()) {
      return false;
    }
    if (gathering && System.nanoTime() >= gatheredBy) {
      endGathering();
    }
    if (!first.isEmpty()) {
      for (int i = 0; i < PORTION && !first.isEmpty(); i++) {
        hand(first.removeFirst(), intake);
      }
      return true;
    }
    Chunk<T> chunk = feed.take();
    if (chunk == null) {
      return false;
    }
    if (gathering && gatheredBy == Long.MAX_VALUE) {
      gatheredBy = System.nanoTime() + MOST_GATHERING.toNanos();
    }
    chunk.into(new Numbering(intake, System.nanoTime()));
    if (gathering && (!watermarks.awaitsInDoubt() || gathered.size() >= mostGathered)) {
      endGathering();
    }
    takeUpLate();
    return true;
  }

  private void takeTold() {
    if (feed.hasTold()) {
      watermarks.told(feed.takeTold());
      course().hasMoreToSay();
    }
  }

  private void endGathering() {
    gathering = false;
    doubted.into(engine());
    first.addAll(gathered);
    gathered.clear();
  }

  /// What was in doubt and came only now goes on, before what stands behind it.
  private void takeUpLate() {
    if (!gathering) {
      doubted.into(engine());
    }
  }

  private static <T> void hand(Entry<T> entry, Intake<T> intake) {
    if (entry.refusal() == null) {
      intake.accept(entry.item());
    } else {
      intake.refuse(entry.item(), entry.refusal());
    }
  }

  private Engine<T> engine() {
    return Objects.requireNonNull(engine, "into() comes first");
  }

  private Course<T> course() {
    return Objects.requireNonNull(course, "into() comes first");
  }

  /// Gives items their ordinals.
  private final class Numbering implements Intake<T> {

    private final Intake<T> intake;
    private final long now;

    Numbering(Intake<T> intake, long now) {
      this.intake = intake;
      this.now = now;
    }

    @Override
    public void accept(Item<T> item) {
      take(item, null);
    }

    @Override
    public void refuse(Item<T> item, Reason reason) {
      take(item, reason);
    }

    private void take(Item<T> item, @Nullable Reason refusal) {
      Origin origin = Objects.requireNonNull(item.origin(), "an item of a live source has one");
      Position position = Position.of(origin);
      long known = watermarks.see(position);
      if (known == Watermarks.SETTLED) {
        // The source may be told of it.
        course().hasMoreToSay();
        return;
      }
      long ordinal = known == Watermarks.NEW ? ++lastOrdinal : known;
      watermarks.took(position, ordinal, now);
      var entry = new Entry<>(item.at(ordinal), refusal);
      if (known != Watermarks.NEW && refusal == null) {
        doubted.gather(entry.item());
      } else if (gathering && refusal == null) {
        gathered.add(entry);
      } else {
        takeUpLate();
        hand(entry, intake);
      }
    }
  }
}
