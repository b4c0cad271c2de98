package dev.waybill.testkit.simulation;

import dev.waybill.Item;
import dev.waybill.Settlement;
import dev.waybill.run.SettlementSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A file of settlements: what was flushed outlives a crash, and perhaps some of what was not.
final class ModelFile implements SettlementSink<Integer> {

  private final List<String> disk = new ArrayList<>();
  private final List<String> buffer = new ArrayList<>();

  @Override
  public void settled(Settlement<Integer> settlement) {
    for (Item<Integer> item : settlement.items()) {
      buffer.add(item.ordinal() + " " + settlement.disposition());
    }
  }

  @Override
  public void flush() {
    disk.addAll(buffer);
    buffer.clear();
  }

  @Override
  public Map<String, Long> lengths() {
    return Map.of("file", (long) disk.size());
  }

  /// The process died with some of the buffer written.
  void crash(int writtenRows) {
    disk.addAll(buffer.subList(0, Math.min(writtenRows, buffer.size())));
    buffer.clear();
  }

  /// As a resumed run does it.
  void cutBack(Map<String, Long> lengths) {
    int length = lengths.getOrDefault("file", 0L).intValue();
    disk.subList(length, disk.size()).clear();
  }

  List<String> rows() {
    return disk;
  }
}
