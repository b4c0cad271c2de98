package dev.waybill.ledger;

import java.util.Comparator;

/// A key in 128 bits: what stands for it where ten million of them have to be compared.
///
/// @param hash orders keys, and is a row's number in the database
/// @param check tells two keys with the same hash apart
public record KeyHash(long hash, long check) implements Comparable<KeyHash> {

  private static final Comparator<KeyHash> ORDER =
      Comparator.comparingLong(KeyHash::hash).thenComparingLong(KeyHash::check);

  @Override
  public int compareTo(KeyHash other) {
    return ORDER.compare(this, other);
  }
}
