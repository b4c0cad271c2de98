package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.Span;
import dev.waybill.Spans;
import dev.waybill.spi.Checkpoint;
import dev.waybill.spi.Recovery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Plays random lives of one run on a journal, and keeps beside it, in the simplest way, what the
/// ledger must know.
final class JournalLife {

  private static final int ITEMS = 300;

  private static final List<Disposition> DISPOSITIONS = List.of(Disposition.values());

  /// What is known at one moment.
  private record Known(
      Map<Long, Disposition> settled,
      Set<Long> unsent,
      Map<Long, Set<Long>> calls,
      long lastNumber,
      Map<String, Long> lengths) {

    Known copy() {
      var copiedCalls = new TreeMap<Long, Set<Long>>();
      calls.forEach((number, items) -> copiedCalls.put(number, new TreeSet<>(items)));
      return new Known(
          new TreeMap<>(settled), new TreeSet<>(unsent), copiedCalls, lastNumber, lengths);
    }

    /// The calls with at least one item that is open.
    Map<Long, List<Span>> inDoubt() {
      var inDoubt = new HashMap<Long, List<Span>>();
      calls.forEach(
          (number, items) -> {
            if (!settled.keySet().containsAll(items)) {
              inDoubt.put(number, spans(items).asList());
            }
          });
      return inDoubt;
    }
  }

  private final SplittableRandom random;
  private Known now = new Known(new TreeMap<>(), new TreeSet<>(), new TreeMap<>(), 0, Map.of());
  private Known committed = now.copy();

  JournalLife(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// Some steps, of which the last may not have been committed.
  void live(RunJournal<String> journal, int steps) {
    now = committed.copy();
    for (int i = 0; i < steps; i++) {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> send(journal);
        case 3, 4, 5, 6 -> settleSome(journal);
        case 7 -> conclude(journal);
        case 8 -> settleUnsent(journal);
        default -> commit(journal);
      }
    }
  }

  private List<Long> open() {
    return LongStream.rangeClosed(1, ITEMS)
        .filter(ordinal -> !now.settled().containsKey(ordinal))
        .boxed()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private void send(RunJournal<String> journal) {
    List<Long> open = open();
    if (open.isEmpty()) {
      return;
    }
    int from = random.nextInt(Math.min(open.size(), 40));
    var ordinals = new ArrayList<Long>();
    for (int i = from; i < open.size() && ordinals.size() < 12; i++) {
      if (random.nextInt(8) > 0) {
        ordinals.add(open.get(i));
      }
    }
    if (ordinals.isEmpty()) {
      return;
    }
    long number = now.lastNumber() + 1;
    if (!now.calls().isEmpty() && random.nextInt(4) == 0) {
      number = now.calls().keySet().iterator().next();
    }
    if (random.nextInt(5) == 0) {
      Collections.swap(ordinals, 0, ordinals.size() - 1);
    }
    Batch<String> batch = Given.batch(number, ordinals.stream().map(Given::item).toList());
    journal.sends(batch);
    now.calls().put(number, new TreeSet<>(ordinals));
    now =
        new Known(
            now.settled(),
            now.unsent(),
            now.calls(),
            Math.max(number, now.lastNumber()),
            now.lengths());
  }

  private void settleSome(RunJournal<String> journal) {
    if (now.calls().isEmpty()) {
      return;
    }
    var numbers = new ArrayList<>(now.calls().keySet());
    long number = numbers.get(random.nextInt(numbers.size()));
    Disposition disposition = DISPOSITIONS.get(random.nextInt(DISPOSITIONS.size()));
    List<Item<String>> items =
        now.calls().getOrDefault(number, Set.of()).stream()
            .filter(ordinal -> !now.settled().containsKey(ordinal) && random.nextInt(6) > 0)
            .map(Given::item)
            .toList();
    if (!items.isEmpty()) {
      Reason reason = disposition == Disposition.DELIVERED ? null : Given.TAKEN;
      journal.settled(Given.settlement(number, items, disposition, reason));
      items.forEach(item -> now.settled().put(item.ordinal(), disposition));
    }
  }

  private void settleUnsent(RunJournal<String> journal) {
    var inCalls = new TreeSet<Long>();
    now.calls().values().forEach(inCalls::addAll);
    List<Item<String>> items =
        open().stream()
            .filter(ordinal -> !inCalls.contains(ordinal))
            .limit(random.nextInt(4))
            .map(Given::item)
            .toList();
    if (!items.isEmpty()) {
      Settlement<String> settlement =
          Given.settlement(0, items, Disposition.UNPROCESSED, Reason.of("stopped"));
      journal.settled(settlement);
      items.forEach(
          item -> {
            now.settled().put(item.ordinal(), Disposition.UNPROCESSED);
            now.unsent().add(item.ordinal());
          });
    }
  }

  private void conclude(RunJournal<String> journal) {
    if (!now.calls().isEmpty()) {
      long number = now.calls().keySet().iterator().next();
      journal.concluded(number);
      now.calls().remove(number);
    }
  }

  private void commit(RunJournal<String> journal) {
    Map<String, Long> lengths = Map.of("success", (long) random.nextInt(100_000));
    journal.wrote(lengths);
    journal.commit();
    now = new Known(now.settled(), now.unsent(), now.calls(), now.lastNumber(), lengths);
    now.calls().values().removeIf(items -> now.settled().keySet().containsAll(items));
    committed = now.copy();
  }

  void compare(Resumed<String> resumed) {
    Recovery recovery = resumed.recovery();
    Spans settled = spans(committed.settled().keySet());
    assertThat(recovery.settled().asList()).isEqualTo(settled.asList());
    assertThat(recovery.inDoubt()).isEqualTo(committed.inDoubt());
    assertThat(recovery.lastNumber()).isEqualTo(committed.lastNumber());
    assertThat(resumed.lengths()).isEqualTo(committed.lengths());
    long prefix = settled.firstMissing() - 1;
    assertThat(recovery.from())
        .isEqualTo(prefix == 0 ? null : new Checkpoint(prefix, "in.csv", prefix + 1, prefix * 10));
  }

  /// What may be asked of the run agrees too.
  void compare(Ledger ledger, String run) {
    try (Stream<Span> delivered = ledger.delivered(run);
        Stream<UnsentItems> unsent = ledger.unsent(run)) {
      assertThat(delivered.toList()).isEqualTo(spans(ended(Disposition.DELIVERED)).asList());
      assertThat(Spans.of(unsent.map(UnsentItems::span).toList()).asList())
          .isEqualTo(spans(committed.unsent()).asList());
    }
    for (Disposition disposition :
        List.of(Disposition.REJECTED, Disposition.UNKNOWN, Disposition.UNPROCESSED)) {
      Set<Long> expected = ended(disposition);
      expected.removeAll(committed.unsent());
      try (Stream<ItemRecord> items = ledger.items(run, Set.of(disposition))) {
        assertThat(items.map(ItemRecord::ordinal).toList()).containsExactlyElementsOf(expected);
      }
    }
    RunCounts counts = ledger.find(run).counts();
    assertThat(counts.settled()).isEqualTo(committed.settled().size());
    assertThat(counts.delivered()).isEqualTo(ended(Disposition.DELIVERED).size());
    assertThat(counts.rejected()).isEqualTo(ended(Disposition.REJECTED).size());
    assertThat(counts.unknown()).isEqualTo(ended(Disposition.UNKNOWN).size());
  }

  private Set<Long> ended(Disposition disposition) {
    return committed.settled().entrySet().stream()
        .filter(item -> item.getValue() == disposition)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Spans spans(Iterable<Long> ordinals) {
    var spans = new Spans();
    ordinals.forEach(ordinal -> spans.add(ordinal, ordinal));
    return spans;
  }
}
