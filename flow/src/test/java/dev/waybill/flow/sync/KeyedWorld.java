package dev.waybill.flow.sync;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.flow.job.SyncRules;
import dev.waybill.flow.job.SyncRules.Bound;
import dev.waybill.flow.job.SyncRules.Duplicates;
import dev.waybill.flow.job.SyncRules.Extent;
import dev.waybill.flow.job.SyncRules.Limits;
import dev.waybill.flow.job.SyncRules.Mode;
import dev.waybill.flow.job.SyncRules.Retry;
import dev.waybill.run.Supply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// A source that changes between runs, and what it should have made of a destination.
///
/// Values are texts; those that begin with `bad` are rejected by the destination, and heal when the
/// source changes them.
final class KeyedWorld {

  private static final FieldNames NAMES = FieldNames.of("id", "value");

  /// A record of the source.
  ///
  /// @param key null for a record without one
  record Row(@Nullable String key, String value, Shape shape) {}

  /// How a record reads.
  enum Shape {
    SOUND,
    /// Its key can be read, and it is refused all the same.
    REFUSED,
    /// Not even its key can be read.
    UNREADABLE
  }

  final SyncRules rules;
  private final SplittableRandom random;
  private final int keys;
  private List<Row> rows = new ArrayList<>();
  private int lateChanges;

  KeyedWorld(SplittableRandom random, Extent extent) {
    this.random = random;
    this.keys = random.nextInt(1, 40);
    this.rules =
        new SyncRules(
            null,
            random.nextBoolean() ? Mode.MIRROR : Mode.UPSERT,
            List.of(Duplicates.LAST, Duplicates.FIRST, Duplicates.REFUSE).get(random.nextInt(3)),
            random.nextBoolean() ? Retry.BACKOFF : Retry.EVERY_RUN,
            Bound.NONE,
            Bound.NONE,
            Limits.HELD,
            extent,
            null);
  }

  /// Some records come, some go, some change, some change back.
  void change() {
    var next = new ArrayList<Row>();
    for (int key = 0; key < keys; key++) {
      if (random.nextInt(4) > 0) {
        next.add(row("k" + key, random.nextInt(3)));
        if (random.nextInt(12) == 0) {
          next.add(row("k" + key, random.nextInt(3)));
        }
      }
    }
    if (random.nextInt(8) == 0) {
      next.add(new Row(null, "nobody", Shape.SOUND));
    }
    if (random.nextInt(8) == 0) {
      next.add(new Row(null, "noise", Shape.UNREADABLE));
    }
    shuffle(next);
    rows = next;
  }

  private Row row(String key, int version) {
    boolean bad = random.nextInt(6) == 0;
    boolean refused = random.nextInt(20) == 0;
    return new Row(key, (bad ? "bad" : "good") + version, refused ? Shape.REFUSED : Shape.SOUND);
  }

  private void shuffle(List<Row> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      Row row = list.get(i);
      int other = random.nextInt(i + 1);
      list.set(i, list.get(other));
      list.set(other, row);
    }
  }

  /// Some values change before the source is read for the second time, to what they never were.
  void changeInBetween() {
    String value = "good-late-" + ++lateChanges;
    rows =
        new ArrayList<>(
            rows.stream()
                .map(row -> random.nextInt(5) == 0 ? new Row(row.key, value, row.shape) : row)
                .toList());
  }

  /// What can not be read is mended, and nothing changes any more. Where rejected records wait for
  /// their turn, they are mended too; else the destination has learnt to take them.
  void rest() {
    boolean waits = rules.retry() == Retry.BACKOFF;
    rows =
        new ArrayList<>(
            rows.stream()
                .filter(row -> row.key != null)
                .map(row -> new Row(row.key, waits ? mended(row) : row.value, Shape.SOUND))
                .toList());
    if (rules.duplicates() == Duplicates.REFUSE) {
      var single = new LinkedHashMap<String, Row>();
      rows.forEach(row -> single.put(String.valueOf(row.key), row));
      rows = new ArrayList<>(single.values());
    }
  }

  private static String mended(Row row) {
    return row.value.replace("bad", "mended");
  }

  /// What a destination that accepts everything has of a source that rests.
  Map<String, String> expected() {
    var expected = new LinkedHashMap<String, String>();
    for (Row row : rows) {
      String key = String.valueOf(row.key);
      if (rules.duplicates() == Duplicates.FIRST) {
        expected.putIfAbsent(key, row.value);
      } else {
        expected.put(key, row.value);
      }
    }
    return expected;
  }

  /// The records with these numbers.
  Supply<Fields> read(LongPredicate wanted) {
    List<Row> now = List.copyOf(rows);
    var next =
        new Object() {
          int index;
        };
    return intake -> {
      while (next.index < now.size()) {
        Row row = now.get(next.index++);
        long ordinal = next.index;
        if (wanted.test(ordinal)) {
          var item = new Item<>(ordinal, row.key, Fields.of(NAMES, row.key, row.value), null);
          if (row.shape == Shape.SOUND) {
            intake.accept(item);
          } else {
            intake.refuse(item, Reason.of("it can not be read"));
          }
          return true;
        }
      }
      return false;
    };
  }
}
