package dev.waybill.sim;

/// How often each key was applied, and which of its items last. Keys are kept as 64-bit hashes, so
/// that ten million of them take some 340 MB; two keys that share a hash count as one.
final class KeyCounts {

  private long[] hashes = new long[1024];
  private int[] counts = new int[1024];
  private long[] lastOrdinals = new long[1024];
  private int size;

  /// How many keys there are.
  int size() {
    return size;
  }

  /// How often the key was applied.
  int get(long hash) {
    return counts[slot(hash)];
  }

  /// Counts one more, and returns how often it was before.
  int increment(long hash) {
    if (3 * (size + 1) > 2 * hashes.length) {
      grow();
    }
    int slot = slot(hash);
    int before = counts[slot]++;
    if (before == 0) {
      hashes[slot] = hash;
      size++;
    }
    return before;
  }

  /// Notes that an item of this key, which is there, was applied, and returns the ordinal of the
  /// one before it; 0 if it is the first.
  long lastOrdinal(long hash, long ordinal) {
    int slot = slot(hash);
    long before = lastOrdinals[slot];
    lastOrdinals[slot] = ordinal;
    return before;
  }

  /// Forgets the key, and returns how often it was applied.
  int clear(long hash) {
    int slot = slot(hash);
    int before = counts[slot];
    if (before == 0) {
      return 0;
    }
    counts[slot] = 0;
    size--;
    // Those behind it may have been put there because this slot was taken.
    int mask = hashes.length - 1;
    for (int next = slot + 1 & mask; counts[next] != 0; next = next + 1 & mask) {
      int count = counts[next];
      counts[next] = 0;
      int home = slot(hashes[next]);
      hashes[home] = hashes[next];
      lastOrdinals[home] = lastOrdinals[next];
      counts[home] = count;
    }
    return before;
  }

  private int slot(long hash) {
    int slot = (int) hash & hashes.length - 1;
    while (counts[slot] != 0 && hashes[slot] != hash) {
      slot = slot + 1 & hashes.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldCounts = counts;
    long[] oldOrdinals = lastOrdinals;
    hashes = new long[2 * oldHashes.length];
    counts = new int[hashes.length];
    lastOrdinals = new long[hashes.length];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldHashes[i]);
        hashes[slot] = oldHashes[i];
        counts[slot] = oldCounts[i];
        lastOrdinals[slot] = oldOrdinals[i];
      }
    }
  }
}
