package dev.waybill.spi;

/// Neighbouring records of a live source's partition, all of which have come to their end.
///
/// @param first the first one's position
/// @param last the last one's; of the same partition, and not before the first
public record Stretch(Position first, Position last) {

  public Stretch {
    if (!first.partition().equals(last.partition()) || first.isAfter(last)) {
      throw new IllegalArgumentException("no stretch: " + first + " to " + last);
    }
  }

  /// Whether a record of the same partition lies in it.
  public boolean contains(Position position) {
    return !first.isAfter(position) && !position.isAfter(last);
  }
}
