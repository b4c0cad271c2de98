package dev.waybill.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.Settlement;
import dev.waybill.Span;
import dev.waybill.spi.Journal;
import dev.waybill.spi.LiveKnowledge;
import dev.waybill.spi.LiveKnowledge.Located;
import dev.waybill.spi.Position;
import dev.waybill.spi.Stretch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The source is told only of what is settled, and what is settled is never handed on twice.
class WatermarksTest {

  private static Position at(long offset) {
    return new Position("orders-0", offset, 0);
  }

  private static long take(Watermarks watermarks, long offset, long ordinal) {
    long seen = watermarks.see(at(offset));
    if (seen == Watermarks.NEW) {
      watermarks.took(at(offset), ordinal, ordinal);
    }
    return seen;
  }

  @Test
  void watermarkStandsBeforeTheFirstOpenRecord() {
    var watermarks = new Watermarks(LiveKnowledge.NONE);
    for (int i = 1; i <= 5; i++) {
      take(watermarks, 100 + i, i);
    }
    watermarks.settled(2);
    watermarks.settled(3);
    assertThat(watermarks.advanced()).isEmpty();
    watermarks.settled(1);
    assertThat(watermarks.advanced()).containsExactly(Map.entry("orders-0", at(103)));
    watermarks.settled(5);
    assertThat(watermarks.advanced()).isEmpty();
    watermarks.settled(4);
    assertThat(watermarks.advanced()).containsExactly(Map.entry("orders-0", at(105)));
  }

  @Test
  void gapsBetweenPositionsDoNoHarm() {
    var watermarks = new Watermarks(LiveKnowledge.NONE);
    take(watermarks, 7, 1);
    take(watermarks, 90, 2);
    take(watermarks, 4_000, 3);
    watermarks.settled(1);
    watermarks.settled(2);
    watermarks.settled(3);
    var kept = new Kept();
    watermarks.writeTo(kept);
    assertThat(kept.knowledge(List.of()).settled()).containsExactly(new Stretch(at(7), at(4_000)));
  }

  @Test
  void oneRecordThatIsWaitedForCostsTwoStretchesHoweverManyPassIt() {
    var watermarks = new Watermarks(LiveKnowledge.NONE);
    var kept = new Kept();
    for (int i = 1; i <= 10_000; i++) {
      take(watermarks, i, i);
      if (i != 17) {
        watermarks.settled(i);
      }
      if (i % 100 == 0) {
        watermarks.writeTo(kept);
      }
    }
    assertThat(kept.knowledge(List.of()).settled())
        .containsExactlyInAnyOrder(new Stretch(at(1), at(16)), new Stretch(at(18), at(10_000)));
  }

  @Test
  void recordsThatWereInACallGetTheirOrdinalsBack() {
    var watermarks =
        new Watermarks(
            new LiveKnowledge(
                List.of(new Stretch(at(1), at(10))),
                Map.of("orders-0", at(8)),
                List.of(new Located(3, new Span(41, 43), at(12)))));
    assertThat(watermarks.awaitsInDoubt()).isTrue();
    assertThat(watermarks.see(at(9))).isEqualTo(Watermarks.SETTLED);
    assertThat(watermarks.see(at(11))).isEqualTo(Watermarks.NEW);
    watermarks.took(at(11), 50, 0);
    assertThat(watermarks.see(at(13))).isEqualTo(42);
    watermarks.took(at(13), 42, 0);
    assertThat(watermarks.awaitsInDoubt()).isTrue();
    assertThat(watermarks.see(at(15))).isEqualTo(Watermarks.NEW);
    assertThat(watermarks.awaitsInDoubt()).as("what is missing will not come any more").isFalse();
  }

  @Test
  void sourceThatWasSetBackIsReadAgain() {
    var knowledge =
        new LiveKnowledge(
            List.of(new Stretch(at(1), at(500))), Map.of("orders-0", at(480)), List.of());
    assertThat(new Watermarks(knowledge).see(at(481))).isEqualTo(Watermarks.SETTLED);
    assertThat(new Watermarks(knowledge).see(at(300))).isEqualTo(Watermarks.NEW);
  }

  @Test
  void logThatLostItsEndIsReadAsItIsNow() {
    var watermarks = new Watermarks(LiveKnowledge.NONE);
    for (int i = 1; i <= 20; i++) {
      take(watermarks, i, i);
      watermarks.settled(i);
    }
    assertThat(take(watermarks, 15, 21)).isEqualTo(Watermarks.NEW);
    watermarks.settled(21);
    assertThat(watermarks.advanced()).containsExactly(Map.entry("orders-0", at(15)));
  }

  @Test
  void whatWasNotWrittenDownYetIsNotKeptOfALogThatLostItsEnd() {
    var kept = new Kept();
    var watermarks = new Watermarks(LiveKnowledge.NONE);
    take(watermarks, 100, 1);
    watermarks.settled(1);
    take(watermarks, 5, 2);
    watermarks.settled(2);
    watermarks.writeTo(kept);
    var afterwards = new Watermarks(kept.knowledge(List.of()));
    assertThat(afterwards.see(at(5))).isEqualTo(Watermarks.SETTLED);
    assertThat(afterwards.see(at(100)))
        .as("another record stands there now")
        .isEqualTo(Watermarks.NEW);
  }

  @Test
  void sourceThatWasSetBackOnceIsNotTakenForSetBackAgainAfterACrash() {
    var kept = new Kept();
    kept.told(at(480));
    var watermarks = new Watermarks(kept.knowledge(List.of()));
    take(watermarks, 300, 1);
    take(watermarks, 301, 2);
    watermarks.settled(1);
    watermarks.writeTo(kept);

    var doubt = List.of(new Located(1, new Span(2, 2), at(301)));
    var afterwards = new Watermarks(kept.knowledge(doubt));
    assertThat(afterwards.see(at(300))).isEqualTo(Watermarks.SETTLED);
    assertThat(afterwards.see(at(301))).as("it was in a call").isEqualTo(2);
  }

  @Test
  void lateWordOfWhatTheFarSideKnewBeforeTheSourceWentBackDoesNotCount() {
    var kept = new Kept();
    var watermarks = new Watermarks(LiveKnowledge.NONE);
    take(watermarks, 100, 1);
    watermarks.settled(1);
    take(watermarks, 5, 2);
    watermarks.told(List.of(at(100)));
    watermarks.writeTo(kept);
    assertThat(kept.knowledge(List.of()).told()).containsExactly(Map.entry("orders-0", at(4)));
  }

  @Test
  void longerCallIsAwaitedToItsEndThoughPartOfItWasSentAgain() {
    var watermarks =
        new Watermarks(
            new LiveKnowledge(
                List.of(),
                Map.of(),
                List.of(
                    new Located(3, new Span(1, 10), at(1)),
                    new Located(7, new Span(4, 6), at(4)))));
    assertThat(watermarks.see(at(6))).isEqualTo(6);
    assertThat(watermarks.awaitsInDoubt()).isTrue();
    assertThat(watermarks.see(at(10))).isEqualTo(10);
    assertThat(watermarks.awaitsInDoubt()).isFalse();
  }

  @Test
  void callsOfAnEarlierRunAreNotWaitedFor() {
    var watermarks =
        new Watermarks(
            new LiveKnowledge(
                List.of(), Map.of(), List.of(new Located(-1, new Span(1, 1), at(7)))));
    assertThat(watermarks.awaitsInDoubt()).isFalse();
    assertThat(watermarks.see(at(7))).isEqualTo(1);
  }

  @Test
  void partitionThatComesBackIsNotToldOfWhatOthersMayHaveToldSince() {
    var watermarks = new Watermarks(LiveKnowledge.NONE);
    take(watermarks, 1, 1);
    take(watermarks, 2, 2);
    watermarks.settled(1);
    assertThat(watermarks.release(Set.of("orders-0"))).containsEntry("orders-0", at(1));
    assertThat(watermarks.open()).isZero();
    take(watermarks, 900, 3);
    assertThat(watermarks.advanced()).isEmpty();
    watermarks.settled(3);
    assertThat(watermarks.advanced()).containsEntry("orders-0", at(900));
  }

  /// Some lives of a run: each ends at any moment, and the next begins where the source was told,
  /// or anywhere before that which was not settled.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void noRecordIsLostAndNoneThatIsWrittenDownIsHandedOnTwice(long seed) {
    var random = new SplittableRandom(seed);
    int partitions = 1 + random.nextInt(3);
    long[] ends = new long[partitions];
    for (int p = 0; p < partitions; p++) {
      ends[p] = 200L + random.nextInt(300);
    }
    var durable = new HashSet<Position>();
    var committed = new HashMap<String, Position>();
    var kept = new Kept();
    long lastOrdinal = 0;
    for (int life = 0; life < 12; life++) {
      boolean lastLife = life == 11;
      var watermarks = new Watermarks(kept.knowledge(List.of()));
      var open = new ArrayList<Long>();
      var positions = new HashMap<Long, Position>();
      var unwritten = new ArrayList<Position>();
      long[] next = new long[partitions];
      for (int p = 0; p < partitions; p++) {
        Position from = committed.get("p" + p);
        next[p] = from == null ? 1 : from.offset() + 1;
      }
      int steps = lastLife ? Integer.MAX_VALUE : random.nextInt(600);
      for (int step = 0; step < steps; step++) {
        int what = random.nextInt(10);
        int p = random.nextInt(partitions);
        if (what < 5 && next[p] <= ends[p]) {
          // every seventh offset is no record
          if (next[p] % 7 != 0) {
            var position = new Position("p" + p, next[p], 0);
            long seen = watermarks.see(position);
            if ((seen == Watermarks.SETTLED) != durable.contains(position)) {
              throw new AssertionError(position + " was seen as " + seen);
            }
            if (seen != Watermarks.SETTLED) {
              lastOrdinal++;
              watermarks.took(position, lastOrdinal, 0);
              open.add(lastOrdinal);
              positions.put(lastOrdinal, position);
            }
          }
          next[p]++;
        } else if (what < 9 && !open.isEmpty()) {
          long ordinal = open.remove(random.nextInt(open.size()));
          watermarks.settled(ordinal);
          unwritten.add(positions.get(ordinal));
        } else {
          watermarks.writeTo(kept);
          durable.addAll(unwritten);
          unwritten.clear();
          Map<String, Position> advanced = watermarks.advanced();
          advanced.forEach((partition, upTo) -> assertThat(isAllDurable(durable, upTo)).isTrue());
          if (random.nextBoolean()) {
            committed.putAll(advanced);
            watermarks.told(advanced.values());
          }
          if (lastLife && open.isEmpty() && allRead(next, ends)) {
            break;
          }
        }
      }
    }
    for (int p = 0; p < partitions; p++) {
      for (long offset = 1; offset <= ends[p]; offset++) {
        assertThat(durable.contains(new Position("p" + p, offset, 0))).isEqualTo(offset % 7 != 0);
      }
    }
  }

  private static boolean isAllDurable(Set<Position> durable, Position upTo) {
    for (long offset = 1; offset <= upTo.offset(); offset++) {
      if (offset % 7 != 0 && !durable.contains(new Position(upTo.partition(), offset, 0))) {
        return false;
      }
    }
    return true;
  }

  private static boolean allRead(long[] next, long[] ends) {
    for (int p = 0; p < next.length; p++) {
      if (next[p] <= ends[p]) {
        return false;
      }
    }
    return true;
  }

  /// What a ledger keeps.
  private static final class Kept implements Journal<Object> {
    private final Map<String, Map<Long, Stretch>> stretches = new TreeMap<>();
    private final Map<String, Position> told = new HashMap<>();

    LiveKnowledge knowledge(List<Located> inDoubt) {
      List<Stretch> all =
          stretches.values().stream().flatMap(line -> line.values().stream()).toList();
      return new LiveKnowledge(all, Map.copyOf(told), inDoubt);
    }

    @Override
    public void reached(Stretch stretch) {
      stretches
          .computeIfAbsent(stretch.first().partition(), unseen -> new TreeMap<>())
          .put(stretch.first().offset(), stretch);
    }

    @Override
    public void forgets(Position first) {
      stretches.getOrDefault(first.partition(), new HashMap<>()).remove(first.offset());
    }

    @Override
    public void told(Position upTo) {
      told.put(upTo.partition(), upTo);
    }

    @Override
    public void sends(Batch<Object> batch) {}

    @Override
    public void concluded(long number) {}

    @Override
    public void settled(Settlement<Object> settlement) {}

    @Override
    public void wrote(Map<String, Long> lengths) {}

    @Override
    public void commit() {}

    @Override
    public void close() {}
  }
}
