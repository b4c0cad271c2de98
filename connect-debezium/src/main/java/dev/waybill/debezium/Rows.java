package dev.waybill.debezium;

import dev.waybill.spi.Position;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rows that were there before the changes, as they are handed over. They come in no order that
/// would be the same a second time, so their partition has another name each time.
final class Rows {

  private final String partition;
  private long handed;
  private boolean over;
  private @Nullable Position settled;

  Rows(String slot) {
    this.partition = slot + "/rows-" + UUID.randomUUID().toString().substring(0, 8);
  }

  String partition() {
    return partition;
  }

  /// Where the next row stands.
  Position next() {
    return new Position(partition, ++handed, 0);
  }

  /// There is no further row.
  void over() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  void settled(Position upTo) {
    settled = upTo;
  }

  /// Whether all have come to their end.
  boolean areDone() {
    return over && (handed == 0 || (settled != null && settled.offset() == handed));
  }
}
