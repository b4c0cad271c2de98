package dev.waybill.flow.sync;

import dev.waybill.ledger.KeyHash;

/// A record of the source, as far as it matters for comparing.
///
/// @param fingerprint 0 if it could not be mapped
/// @param ordinal its number in the source
record Entry(KeyHash key, long fingerprint, long ordinal, Fitness fitness)
    implements Comparable<Entry> {

  /// Whether it could be mapped.
  enum Fitness {
    FIT,
    REFUSED
  }

  @Override
  public int compareTo(Entry other) {
    int byKey = key.compareTo(other.key);
    return byKey == 0 ? Long.compare(ordinal, other.ordinal) : byKey;
  }
}
