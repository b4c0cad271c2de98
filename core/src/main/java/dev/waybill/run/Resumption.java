package dev.waybill.run;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Span;
import dev.waybill.delivery.Engine;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Recovery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Stands between a source that is read once more and the engine: drops what was settled in an
/// earlier life, and puts the batches together again that were under way when it ended.
final class Resumption<T> implements Intake<T> {

  private static final Reason ENDED =
      Reason.of("the process ended while a call with this item was under way");

  private final Recovery recovery;
  private final Engine<T> engine;
  private final Map<Long, Long> numberByOrdinal = new HashMap<>();
  private final Map<Long, List<Item<T>>> gathered = new TreeMap<>();
  private final Map<Long, Integer> missing = new HashMap<>();

  Resumption(Recovery recovery, Engine<T> engine) {
    this.recovery = recovery;
    this.engine = engine;
    recovery.inDoubt().forEach(this::expect);
  }

  private void expect(long number, List<Span> spans) {
    for (Span span : spans) {
      for (long ordinal = span.first(); ordinal <= span.last(); ordinal++) {
        // An item in two batches was sent again in the later one.
        if (!recovery.settled().contains(ordinal)) {
          Long before = numberByOrdinal.put(ordinal, number);
          missing.merge(number, 1, Integer::sum);
          if (before != null) {
            missing.merge(before, -1, Integer::sum);
          }
        }
      }
    }
  }

  @Override
  public void accept(Item<T> item) {
    Long number = numberByOrdinal.remove(item.ordinal());
    if (number != null) {
      gathered.computeIfAbsent(number, unseen -> new ArrayList<>()).add(item);
      if (missing.merge(number, -1, Integer::sum) == 0) {
        takeUp(number);
      }
    } else if (!recovery.settled().contains(item.ordinal())) {
      engine.accept(item);
    }
  }

  @Override
  public void refuse(Item<T> item, Reason reason) {
    if (!recovery.settled().contains(item.ordinal())) {
      engine.refuse(item, reason);
    }
  }

  private void takeUp(long number) {
    List<Item<T>> items = gathered.remove(number);
    if (items != null) {
      engine.acceptInDoubt(number, items, ENDED);
    }
  }

  /// No more items come: what was gathered goes in, complete or not.
  void endOfInput() {
    List.copyOf(gathered.keySet()).forEach(this::takeUp);
  }
}
