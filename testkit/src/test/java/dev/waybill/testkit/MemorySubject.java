package dev.waybill.testkit;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Traits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The smallest honest destination: a table in memory. Tests make it lie.
class MemorySubject implements Subject<String> {

  final Map<String, Integer> table = new HashMap<>();
  private boolean broken;

  @Override
  public Destination<String> open() {
    return new Destination<>() {
      @Override
      public Traits traits() {
        return Traits.of(Traits.Idempotence.IDEMPOTENT).maxItems(50);
      }

      @Override
      public Reply send(Batch<String> batch) {
        synchronized (table) {
          return broken ? sendBroken(batch) : MemorySubject.this.send(batch);
        }
      }

      @Override
      public void close() {}
    };
  }

  /// Applies the good items and rejects the others.
  Reply send(Batch<String> batch) {
    return new Reply.Answered(batch.items().stream().map(this::apply).toList());
  }

  /// What comes of a call while the far side is away.
  Reply sendBroken(Batch<String> batch) {
    return new Reply.Unavailable(Reason.of("the table is away"));
  }

  Verdict apply(Item<String> item) {
    if (item.payload().startsWith("bad")) {
      return new Verdict.Rejected(Reason.of("is bad"), Verdict.Rejected.Kind.PERMANENT);
    }
    table.put(item.payload(), 1);
    return new Verdict.Accepted("id-" + item.payload());
  }

  @Override
  public Item<String> valid(long ordinal) {
    return Item.of(ordinal, "good " + ordinal);
  }

  @Override
  public Optional<Item<String>> invalid(long ordinal) {
    return Optional.of(Item.of(ordinal, "bad " + ordinal));
  }

  @Override
  public int timesApplied(Item<String> item) {
    return table.getOrDefault(item.payload(), 0);
  }

  @Override
  public long applied() {
    return table.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public FarSide breakDown() {
    broken = true;
    return FarSide.BROKEN;
  }

  @Override
  public void mend() {
    broken = false;
  }

  @Override
  public void close() {}
}
