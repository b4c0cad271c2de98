package dev.waybill.files;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.spi.Intake;

/// Refuses rows that have no end within the size limit, in parts that hold it, so that memory stays
/// bounded and no byte is lost.
final class OversizedRow {

  /// What ends a line.
  enum LineEnd {
    /// LF, CRLF or CR.
    CSV,
    /// LF.
    LF_ONLY
  }

  private final FileCursor cursor;
  private final int maxBytes;
  private final LineEnd lineEnd;

  OversizedRow(FileCursor cursor, int maxBytes, LineEnd lineEnd) {
    this.cursor = cursor;
    this.maxBytes = maxBytes;
    this.lineEnd = lineEnd;
  }

  int maxBytes() {
    return maxBytes;
  }

  /// Whether the line that begins here ends within the limit.
  boolean hasLineEnd() {
    return endOfLine() >= 0;
  }

  /// Refuses what there is of the line that begins here, all of it or up to the limit.
  void refuseLine(Intake<Fields> intake, Fields payload, Reason reason) {
    int end = endOfLine();
    take(intake, payload, reason, end < 0 ? limit() : end, end < 0 ? 0 : 1);
  }

  /// Refuses as much of the row that goes on here as the limit allows, and notes whether there is
  /// more of it.
  void refusePart(Intake<Fields> intake, Fields payload) {
    int parts = cursor.part() + 1;
    // The first part is known to have no end, but lines inside of quotes may end in it.
    int end = parts == 1 ? -1 : findEnd();
    int to = end >= 0 ? end : limit();
    var reason =
        Reason.of(
            "row-too-long",
            "Line "
                + cursor.line()
                + " has a row of more than "
                + maxBytes
                + " bytes (max-row-bytes); this is part "
                + parts
                + " of it.");
    take(intake, payload, reason, to, lineEnds(to));
    cursor.part(end >= 0 ? 0 : parts);
  }

  private void take(Intake<Fields> intake, Fields payload, Reason reason, int end, long lineEnds) {
    int from = cursor.window().position();
    var item = new Item<>(cursor.takeOrdinal(), null, payload, cursor.origin(from, end));
    cursor.consume(end - from, lineEnds);
    intake.refuse(item, reason);
  }

  private int limit() {
    Window window = cursor.window();
    return (int) Math.min(window.limit(), window.position() + (long) maxBytes);
  }

  /// The index behind the line that begins or goes on here, reading on as far as the limit; -1 if
  /// it does not end there.
  int findEnd() {
    while (true) {
      int end = endOfLine();
      Window window = cursor.window();
      if (end >= 0) {
        return end;
      }
      if (limit() < window.limit()) {
        return -1;
      }
      if (window.atEnd()) {
        return window.limit();
      }
      cursor.more();
    }
  }

  private int endOfLine() {
    Window window = cursor.window();
    byte[] bytes = window.bytes();
    int limit = limit();
    for (int i = window.position(); i < limit; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
      if (bytes[i] == '\r' && lineEnd == LineEnd.CSV) {
        if (i + 1 == limit) {
          return window.atEnd() && limit == window.limit() ? limit : -1;
        }
        return bytes[i + 1] == '\n' ? i + 2 : i + 1;
      }
    }
    return -1;
  }

  private long lineEnds(int to) {
    Window window = cursor.window();
    byte[] bytes = window.bytes();
    long count = 0;
    for (int i = window.position(); i < to; i++) {
      boolean lone = i + 1 == window.limit() || bytes[i + 1] != '\n';
      count += bytes[i] == '\n' || (bytes[i] == '\r' && lineEnd == LineEnd.CSV && lone) ? 1 : 0;
    }
    return count;
  }
}
