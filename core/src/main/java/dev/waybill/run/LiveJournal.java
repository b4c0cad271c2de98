package dev.waybill.run;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Settlement;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Position;
import java.util.Map;
import java.util.function.Consumer;

/// Writes down, with what becomes of the items, up to where the source's records have come to their
/// end; and tells that to the source's reader once it is durable, never before.
final class LiveJournal<T> implements Journal<T> {

  private final Journal<T> journal;
  private final Watermarks watermarks;
  private final Consumer<Map<String, Position>> durable;

  LiveJournal(Journal<T> journal, Watermarks watermarks, Consumer<Map<String, Position>> durable) {
    this.journal = journal;
    this.watermarks = watermarks;
    this.durable = durable;
  }

  @Override
  public void sends(Batch<T> batch) {
    journal.sends(batch);
  }

  @Override
  public void concluded(long number) {
    journal.concluded(number);
  }

  @Override
  public void settled(Settlement<T> settlement) {
    journal.settled(settlement);
    for (Item<T> item : settlement.items()) {
      watermarks.settled(item.ordinal());
    }
  }

  @Override
  public void wrote(Map<String, Long> lengths) {
    journal.wrote(lengths);
  }

  @Override
  public void commit() {
    watermarks.writeTo(journal);
    journal.commit();
    Map<String, Position> advanced = watermarks.advanced();
    if (!advanced.isEmpty()) {
      durable.accept(advanced);
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}
