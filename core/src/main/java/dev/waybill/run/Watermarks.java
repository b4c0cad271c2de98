package dev.waybill.run;

import dev.waybill.spi.Journal;
import dev.waybill.spi.LiveKnowledge;
import dev.waybill.spi.LiveKnowledge.Located;
import dev.waybill.spi.Position;
import dev.waybill.spi.Stretch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Up to where the records of a live source have come to their end, partition by partition. Records
/// come to it in any order; the source may only be told of those before which none is open.
///
/// A partition is a chain of links: open records, and between them stretches of records that have
/// come to their end. So memory goes by the open records, however long one of them is waited for.
/// For one thread.
final class Watermarks {

  /// A record of which nothing is known.
  static final long NEW = -1;

  /// A record that has come to its end.
  static final long SETTLED = 0;

  /// An open record, or a stretch of settled ones.
  private static final class Link {
    final Line line;

    /// The open record's; [#SETTLED] for a stretch.
    long ordinal;

    final Position first;
    Position last;

    /// When it came in; says nothing of a stretch.
    final long takenAt;

    @Nullable Link before;
    @Nullable Link after;

    /// Whether the journal knows of it, and whether it knows all.
    boolean stored;

    boolean changed;

    Link(Line line, long ordinal, Position first, Position last, long takenAt) {
      this.line = line;
      this.ordinal = ordinal;
      this.first = first;
      this.last = last;
      this.takenAt = takenAt;
    }

    boolean isStretch() {
      return ordinal == SETTLED;
    }
  }

  /// A partition.
  private static final class Line {
    @Nullable Link head;
    @Nullable Link tail;

    /// Stretches that lie further on, from an earlier reading.
    final Deque<Stretch> known = new ArrayDeque<>();

    /// Items in calls of an earlier life, with the ordinals that they had.
    final Map<Position, Long> inDoubt = new HashMap<>();

    /// The last of those whose call may be made again as it was.
    @Nullable Position awaited;

    @Nullable Position told;
    @Nullable Position firstSeen;
    @Nullable Position lastSeen;
    @Nullable Position reported;

    boolean awaits() {
      return awaited != null && (lastSeen == null || awaited.isAfter(lastSeen));
    }
  }

  private final Map<String, Line> lines = new HashMap<>();

  /// Open records in the order in which they came.
  private final Map<Long, Link> open = new LinkedHashMap<>();

  private final List<Link> changed = new ArrayList<>();
  private final List<Position> forgotten = new ArrayList<>();
  private final List<Position> newlyTold = new ArrayList<>();

  Watermarks(LiveKnowledge knowledge) {
    knowledge.told().forEach((partition, position) -> line(partition).told = position);
    knowledge.settled().stream()
        .sorted(Watermarks::compare)
        .forEach(stretch -> line(stretch.first().partition()).known.add(stretch));
    knowledge.inDoubt().stream()
        .sorted(Comparator.comparingLong(Located::number))
        .forEach(some -> wasInCall(line(some.first().partition()), some));
  }

  private static void wasInCall(Line line, Located some) {
    for (long i = 0; i < some.ordinals().size(); i++) {
      line.inDoubt.put(some.first().plus(i), some.ordinals().first() + i);
    }
    if (some.isOfThisRun() && (line.awaited == null || some.last().isAfter(line.awaited))) {
      line.awaited = some.last();
    }
  }

  private static int compare(Stretch some, Stretch other) {
    return order(some.first(), other.first());
  }

  private static int order(Position some, Position other) {
    return some.isAfter(other) ? 1 : other.isAfter(some) ? -1 : 0;
  }

  private Line line(String partition) {
    return lines.computeIfAbsent(partition, unseen -> new Line());
  }

  /// A record is handed over.
  ///
  /// @return [#SETTLED], [#NEW], or the ordinal that it had when it was in a call of an earlier
  ///   life
  long see(Position position) {
    Line line = line(position.partition());
    if (line.lastSeen == null) {
      line.firstSeen = position;
      if (line.told != null && !position.isAfter(line.told)) {
        forget(line, position);
      }
    }
    if (line.lastSeen != null && !position.isAfter(line.lastSeen)) {
      startAnew(line, position);
    }
    line.lastSeen = position;
    while (!line.known.isEmpty() && !line.known.getFirst().first().isAfter(position)) {
      Stretch stretch = line.known.removeFirst();
      var link = new Link(line, SETTLED, stretch.first(), stretch.last(), 0);
      link.stored = true;
      append(link);
    }
    Link tail = line.tail;
    if (tail != null && tail.isStretch() && !position.isAfter(tail.last)) {
      return SETTLED;
    }
    return line.inDoubt.getOrDefault(position, NEW);
  }

  /// Somebody has set the source back: what is known of the partition does not count any more. From
  /// here on the new reading's own counts, also after a crash.
  private void forget(Line line, Position position) {
    line.known.forEach(stretch -> forgotten.add(stretch.first()));
    line.known.clear();
    line.inDoubt.clear();
    line.awaited = null;
    Position before = new Position(position.partition(), position.offset() - 1, 0);
    line.told = before;
    newlyTold.add(before);
  }

  /// The source has gone back by itself (a log that lost its end, say): what stood at these
  /// positions need not stand there any more. Open records are delivered all the same.
  private void startAnew(Line line, Position position) {
    for (Link link = line.head; link != null; link = link.after) {
      // It may wait to be written down; it must not be.
      link.changed = false;
    }
    release(line);
    forget(line, position);
    line.firstSeen = position;
  }

  /// The record seen last is open from now on, under this ordinal.
  void took(Position position, long ordinal, long now) {
    var link = new Link(line(position.partition()), ordinal, position, position, now);
    append(link);
    open.put(ordinal, link);
  }

  private void append(Link link) {
    Line line = link.line;
    Link tail = line.tail;
    if (tail == null) {
      line.head = link;
      line.tail = link;
      return;
    }
    link.before = tail;
    tail.after = link;
    line.tail = link;
    if (link.isStretch() && tail.isStretch()) {
      join(tail, link);
    }
  }

  /// A record has come to its end.
  void settled(long ordinal) {
    Link link = open.remove(ordinal);
    if (link == null) {
      // its partition is read by somebody else by now
      return;
    }
    link.ordinal = SETTLED;
    Link before = link.before;
    if (before != null && before.isStretch()) {
      join(before, link);
      link = before;
    } else {
      change(link);
    }
    Link after = link.after;
    if (after != null && after.isStretch()) {
      join(link, after);
    }
  }

  private void join(Link stretch, Link next) {
    stretch.last = next.last;
    stretch.after = next.after;
    if (next.after == null) {
      stretch.line.tail = stretch;
    } else {
      next.after.before = stretch;
    }
    next.changed = false;
    if (next.stored) {
      forgotten.add(next.first);
    }
    change(stretch);
  }

  private void change(Link stretch) {
    if (!stretch.changed) {
      stretch.changed = true;
      changed.add(stretch);
    }
  }

  /// The far side knows this.
  void told(Collection<Position> upTo) {
    for (Position position : upTo) {
      Line line = line(position.partition());
      if (line.lastSeen != null && position.isAfter(line.lastSeen)) {
        // it was told of before the source went back
        continue;
      }
      line.told = position;
      newlyTold.add(position);
    }
  }

  /// Says what has changed since the last time.
  void writeTo(Journal<?> journal) {
    forgotten.forEach(journal::forgets);
    forgotten.clear();
    for (Link stretch : changed) {
      if (stretch.changed) {
        stretch.changed = false;
        stretch.stored = true;
        journal.reached(new Stretch(stretch.first, stretch.last));
      }
    }
    changed.clear();
    newlyTold.forEach(journal::told);
    newlyTold.clear();
  }

  /// The partitions that have come further since they were last asked for, and how far.
  Map<String, Position> advanced() {
    var advanced = new HashMap<String, Position>();
    lines.forEach(
        (partition, line) -> {
          Position upTo = upTo(line);
          if (upTo != null && !upTo.equals(line.reported)) {
            line.reported = upTo;
            advanced.put(partition, upTo);
          }
        });
    return advanced;
  }

  /// What was settled before this reading began is not this reading's to tell.
  private static @Nullable Position upTo(Line line) {
    Link head = line.head;
    if (head == null || !head.isStretch()) {
      return null;
    }
    boolean ours = line.firstSeen != null && !line.firstSeen.isAfter(head.last);
    return ours ? head.last : null;
  }

  /// Partitions are read by somebody else from now on. What is settled of them stays known, for the
  /// case that they come back.
  ///
  /// @return how far they have come
  Map<String, Position> release(Set<String> partitions) {
    var upTo = new HashMap<String, Position>();
    for (String partition : partitions) {
      Line line = lines.get(partition);
      if (line != null) {
        Position position = upTo(line);
        if (position != null) {
          upTo.put(partition, position);
        }
        release(line);
      }
    }
    return upTo;
  }

  private void release(Line line) {
    var stretches = new ArrayList<Stretch>();
    for (Link link = line.head; link != null; link = link.after) {
      if (link.isStretch()) {
        stretches.add(new Stretch(link.first, link.last));
      } else {
        open.remove(link.ordinal);
      }
    }
    for (int i = stretches.size() - 1; i >= 0; i--) {
      line.known.addFirst(stretches.get(i));
    }
    line.head = null;
    line.tail = null;
    line.firstSeen = null;
    line.lastSeen = null;
    line.reported = null;
  }

  /// Whether items of calls of an earlier life are still to be handed over.
  boolean awaitsInDoubt() {
    return lines.values().stream().anyMatch(Line::awaits);
  }

  /// How many records are open.
  int open() {
    return open.size();
  }

  /// When the oldest open record came in; [Long#MAX_VALUE] if none is open.
  long oldestTakenAt() {
    return open.isEmpty() ? Long.MAX_VALUE : open.values().iterator().next().takenAt;
  }
}
