package dev.waybill.files;

import java.io.IOException;
import java.io.InputStream;

/// Goes from row to row of a file and counts, without making anything of them.
final class RowWalk implements AutoCloseable {

  private final Window window;
  private final RowScanner scanner;
  private final int maxRowBytes;
  private final long until;
  private long rows;
  private long lines;
  private long linesBeforeLast;
  private long rowAt = -1;
  private boolean broken;

  /// @param in stands where a row begins
  /// @param from the offset there
  /// @param until it is over with the row that ends here or behind
  RowWalk(InputStream in, long from, long until, RowScanner scanner, int maxRowBytes) {
    this.window = new Window(in, from, FileCursor.CHUNK_SIZE, () -> 0);
    this.scanner = scanner;
    this.maxRowBytes = maxRowBytes;
    this.until = until;
  }

  /// Goes over a row or an empty line.
  void step() throws IOException {
    if (!window.hasByte()) {
      broken = true;
      return;
    }
    while (true) {
      int from = window.position();
      int limit = (int) Math.min(window.limit(), from + (long) maxRowBytes);
      boolean last = window.atEnd() && limit == window.limit();
      switch (scanner.scan(window.bytes(), from, limit, last)) {
        case RECORD -> {
          rowAt = window.offset();
          linesBeforeLast = lines;
          rows += scanner.isBlank() ? 0 : 1;
          lines += scanner.lineEnds();
          window.advanceTo(scanner.end());
          return;
        }
        case OPEN_QUOTE -> {
          broken = true;
          return;
        }
        case MORE -> {
          if (limit < window.limit()) {
            broken = true;
            return;
          }
          window.more();
        }
      }
    }
  }

  /// Whether there is more to go over.
  boolean isUnderWay() {
    return !broken && offset() < until;
  }

  /// Where the next row begins.
  long offset() {
    return window.offset();
  }

  /// Whether both stand before the same row, so that all that follows is the same for both.
  boolean meets(RowWalk other) {
    return offset() == other.offset() && offset() <= until && !broken && !other.broken;
  }

  /// Whether no end of the next row was found: it is too long, or its quotes are never closed.
  boolean isBroken() {
    return broken;
  }

  /// Where the row begins that goes on behind the end; -1 if none does.
  long open() {
    return !broken && offset() > until ? rowAt : -1;
  }

  /// Rows so far, one that goes on behind the end included.
  long rows() {
    return rows;
  }

  /// Lines that ended so far.
  long lines() {
    return lines;
  }

  /// Lines that had ended before the last row.
  long linesBeforeLast() {
    return linesBeforeLast;
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
