package dev.waybill.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/// The part of a file that is in memory: the bytes from `position` to `limit` are still to be read.
///
/// Records are handed on as slices of [#bytes()], so a byte once before `position` never changes:
/// when there is no room behind `limit`, the unread rest moves to the front of a new array.
final class Window implements AutoCloseable {

  private final InputStream in;
  private final int chunkSize;
  private final LongSupplier rawCount;
  private byte[] bytes;
  private int position;
  private int limit;
  private boolean atEnd;

  /// Offset in the file of `bytes[0]`.
  private long base;

  /// @param offset what has been read of the file before
  /// @param chunkSize bytes to hold at a time, but for longer records
  /// @param rawCount counts the bytes taken from the file as it stands on disk
  Window(InputStream in, long offset, int chunkSize, LongSupplier rawCount) {
    this.in = in;
    this.chunkSize = chunkSize;
    this.rawCount = rawCount;
    this.bytes = new byte[chunkSize + CsvScanner.SLACK];
    this.base = offset;
  }

  /// The array in which all of this stands. At least [CsvScanner#SLACK] bytes behind `limit` are
  /// free.
  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  /// Whether nothing follows behind `limit`.
  boolean atEnd() {
    return atEnd;
  }

  /// Where `position` is in the decompressed file.
  long offset() {
    return base + position;
  }

  long rawCount() {
    return rawCount.getAsLong();
  }

  /// Leaves what is before `newPosition` behind.
  void advanceTo(int newPosition) {
    position = newPosition;
  }

  /// Reads at least one more byte behind `limit`, or finds the end. Indexes change: what stood at
  /// `position` stands at the new one.
  void more() throws IOException {
    int room = bytes.length - CsvScanner.SLACK - limit;
    // A pipe gives little at a time; a new array for every bit of it would be a waste.
    if (room <= chunkSize / 8) {
      moveToNewArray();
      room = bytes.length - CsvScanner.SLACK - limit;
    }
    int read = in.read(bytes, limit, room);
    if (read < 0) {
      atEnd = true;
    } else {
      limit += read;
    }
  }

  private void moveToNewArray() {
    int rest = limit - position;
    byte[] next = new byte[Math.max(chunkSize, 2 * rest) + CsvScanner.SLACK];
    System.arraycopy(bytes, position, next, 0, rest);
    base += position;
    bytes = next;
    position = 0;
    limit = rest;
  }

  /// Whether there is a byte at `position`; reads on if need be.
  boolean hasByte() throws IOException {
    while (position == limit && !atEnd) {
      more();
    }
    return position < limit;
  }

  /// Whether these bytes come next; reads on if need be.
  boolean startsWith(int... expected) throws IOException {
    while (limit - position < expected.length && !atEnd) {
      more();
    }
    if (limit - position < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[position + i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
