package dev.waybill.sim;

import java.util.Arrays;

/// How often each ordinal was applied: one byte each, so ten million items take 10 MB. Exact up to
/// 255 times.
final class OrdinalCounts {

  private static final int CHUNK = 1 << 16;

  private byte[][] chunks = new byte[16][];

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
    int number = Math.toIntExact(ordinal / CHUNK);
    return number >= chunks.length || chunks[number] == null
        ? 0
        : chunks[number][(int) (ordinal % CHUNK)] & 0xFF;
  }

  private byte[] chunk(long ordinal) {
    int number = Math.toIntExact(ordinal / CHUNK);
    if (number >= chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(number + 1, 2 * chunks.length));
    }
    byte[] chunk = chunks[number];
    if (chunk == null) {
      chunk = new byte[CHUNK];
      chunks[number] = chunk;
    }
    return chunk;
  }
}
