package dev.waybill.spi;

import dev.waybill.Origin;

/// Where a record of a live source stands, the same in every life of the source.
///
/// An item of a live source has its position as its [Origin]: `file` is the partition, `offset` the
/// offset, and `line` the index.
///
/// @param partition a part of the source whose records have an order: a Kafka topic's partition, a
///   replication slot
/// @param offset rises with the records of a partition; need not be without gaps
/// @param index counts from 1 where several records stand at one offset; 0 where none does
public record Position(String partition, long offset, long index) {

  /// The position of an item of a live source.
  public static Position of(Origin origin) {
    return new Position(origin.file(), origin.offset(), origin.line());
  }

  /// Whether this one comes after another of the same partition.
  public boolean isAfter(Position other) {
    return offset == other.offset ? index > other.index : offset > other.offset;
  }

  /// The position so many records further on, if none is missing between.
  public Position plus(long records) {
    return index == 0
        ? new Position(partition, offset + records, 0)
        : new Position(partition, offset, index + records);
  }

  /// For people: `orders-3 at 1042`.
  @Override
  public String toString() {
    return partition + " at " + offset + (index == 0 ? "" : "." + index);
  }
}
