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

/// Stands between a source that is read once more and the engine, as far as an earlier life had
/// come: drops what was settled then, and puts the batches together again that were under way when
/// it ended. These go in before all else, so that nothing overtakes them. What it holds meanwhile
/// is no more than the earlier life held when it ended.
final class Resumption<T> implements Intake<T> {

  private static final Reason ENDED =
      Reason.of("the process ended while a call with this item was under way");

  private record Refusal<T>(Item<T> item, Reason reason) {}

  private final Recovery recovery;
  private final Engine<T> engine;
  private final Map<Long, Long> numberByOrdinal = new HashMap<>();
  private final Map<Long, List<Item<T>>> inDoubt = new TreeMap<>();
  private final List<Item<T>> open = new ArrayList<>();
  private final List<Refusal<T>> refused = new ArrayList<>();

  Resumption(Recovery recovery, Engine<T> engine) {
    this.recovery = recovery;
    this.engine = engine;
    // An item in two batches was sent again in the later one, whose number is higher.
    new TreeMap<>(recovery.inDoubt())
        .forEach(
            (number, spans) -> {
              for (Span span : spans) {
                for (long ordinal = span.first(); ordinal <= span.last(); ordinal++) {
                  numberByOrdinal.put(ordinal, number);
                }
              }
            });
  }

  @Override
  public void accept(Item<T> item) {
    if (recovery.settled().contains(item.ordinal())) {
      return;
    }
    Long number = numberByOrdinal.get(item.ordinal());
    if (number == null) {
      open.add(item);
    } else {
      inDoubt.computeIfAbsent(number, unseen -> new ArrayList<>()).add(item);
    }
  }

  @Override
  public void refuse(Item<T> item, Reason reason) {
    if (!recovery.settled().contains(item.ordinal())) {
      refused.add(new Refusal<>(item, reason));
    }
  }

  /// The source has come to where the earlier life had come: all that was gathered goes in.
  void complete() {
    inDoubt.forEach(
        (number, items) -> {
          if (items.size() == size(number)) {
            engine.acceptInDoubt(number, items, ENDED);
          } else {
            engine.acceptPartInDoubt(items, ENDED);
          }
        });
    open.forEach(engine::accept);
    refused.forEach(refusal -> engine.refuse(refusal.item(), refusal.reason()));
  }

  private long size(long number) {
    return recovery.inDoubt().getOrDefault(number, List.of()).stream().mapToLong(Span::size).sum();
  }
}
