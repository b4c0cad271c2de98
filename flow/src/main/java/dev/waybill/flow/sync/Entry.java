package dev.waybill.flow.sync;

import dev.waybill.ledger.KeyHash;
import java.util.Comparator;

/// A record of the source, as far as it matters for comparing.
///
/// @param fingerprint 0 if it could not be mapped
/// @param ordinal its number in the source
record Entry(KeyHash key, long fingerprint, long ordinal, Fitness fitness)
    implements Comparable<Entry> {

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::key).thenComparingLong(Entry::ordinal);

  /// Whether it could be mapped.
  enum Fitness {
    FIT,
    REFUSED
  }

  @Override
  public int compareTo(Entry other) {
    return ORDER.compare(this, other);
  }
}
