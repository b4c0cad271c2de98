package dev.waybill.sim;

import java.util.HashMap;
import java.util.Map;

/// How often each ordinal was applied: one byte each where they lie close together, wherever they
/// begin, so ten million items take 10 MB. Exact up to 255 times.
final class OrdinalCounts {

  private static final int CHUNK = 1 << 16;
  private static final byte[] NONE = new byte[CHUNK];

  private final Map<Long, byte[]> chunks = new HashMap<>();

  // Ordinals come one after the other, so the chunk is nearly always that of the one before.
  private long lastNumber = -1;
  private byte[] lastChunk = NONE;

  /// Counts one more, and returns how often it was before.
  int increment(long ordinal) {
    byte[] chunk = chunk(ordinal);
    int place = (int) (ordinal % CHUNK);
    int before = chunk[place] & 0xFF;
    if (before < 255) {
      chunk[place]++;
    }
    return before;
  }

  int get(long ordinal) {
    return chunks.getOrDefault(ordinal / CHUNK, NONE)[(int) (ordinal % CHUNK)] & 0xFF;
  }

  private byte[] chunk(long ordinal) {
    long number = ordinal / CHUNK;
    if (number != lastNumber) {
      lastNumber = number;
      lastChunk = chunks.computeIfAbsent(number, unseen -> new byte[CHUNK]);
    }
    return lastChunk;
  }
}
