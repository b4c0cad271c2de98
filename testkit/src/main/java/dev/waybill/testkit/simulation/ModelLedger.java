package dev.waybill.testkit.simulation;

import dev.waybill.Batch;
import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Settlement;
import dev.waybill.Span;
import dev.waybill.Spans;
import dev.waybill.spi.Checkpoint;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ledger as it should be, in memory: what was committed outlives a crash, what was not is
/// lost.
final class ModelLedger implements SimulatedLedger {

  private final Map<Long, Disposition> settled = new TreeMap<>();
  private final Map<Long, List<Span>> inDoubt = new TreeMap<>();
  private Map<String, Long> lengths = Map.of();
  private long lastNumber;

  @Override
  public Map<Long, Disposition> settled() {
    return settled;
  }

  private Recovery recovery() {
    var spans = new Spans();
    settled.keySet().forEach(ordinal -> spans.add(ordinal, ordinal));
    long first = spans.firstMissing();
    @Nullable Checkpoint from = first == 1 ? null : new Checkpoint(first - 1, "source", first, 0);
    return new Recovery(spans, Map.copyOf(inDoubt), lastNumber, from);
  }

  @Override
  public Opened open() {
    return new Opened(recovery(), lengths, new Open());
  }

  /// What was not committed was known to the journal alone.
  @Override
  public void crash() {}

  @Override
  public void close() {}

  private final class Open implements Journal<Integer> {

    private final Map<Long, Disposition> newlySettled = new HashMap<>();
    private final List<Runnable> unsaid = new ArrayList<>();

    @Override
    public void sends(Batch<Integer> batch) {
      List<Span> spans =
          Spans.of(
                  batch.items().stream()
                      .map(item -> new Span(item.ordinal(), item.ordinal()))
                      .toList())
              .asList();
      unsaid.add(
          () -> {
            inDoubt.put(batch.number(), spans);
            lastNumber = Math.max(lastNumber, batch.number());
          });
    }

    @Override
    public void concluded(long number) {
      unsaid.add(() -> inDoubt.remove(number));
    }

    @Override
    public void settled(Settlement<Integer> settlement) {
      for (Item<Integer> item : settlement.items()) {
        if (settled.containsKey(item.ordinal())
            || newlySettled.put(item.ordinal(), settlement.disposition()) != null) {
          throw new Violation(1, "item " + item.ordinal() + " came to its end twice");
        }
      }
    }

    @Override
    public void wrote(Map<String, Long> written) {
      unsaid.add(() -> lengths = Map.copyOf(written));
    }

    @Override
    public void commit() {
      unsaid.forEach(Runnable::run);
      unsaid.clear();
      settled.putAll(newlySettled);
      newlySettled.clear();
      inDoubt
          .values()
          .removeIf(
              spans ->
                  spans.stream()
                      .allMatch(span -> span.size() == 1 && settled.containsKey(span.first())));
    }

    @Override
    public void close() {}
  }
}
