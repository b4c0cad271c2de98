package dev.waybill.files;

import dev.waybill.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file in parts of about the same size, which can be surveyed side by side and in any order. An
/// [Outline] makes of the surveys where each reader is to begin.
public final class Division {

  private final Path path;
  private final Position start;
  private final long size;
  private final long partBytes;
  private final int maxRowBytes;
  private final int quote;
  private final Scanners scanners;

  /// Makes scanners of the file's rows.
  interface Scanners {
    RowScanner scanner();
  }

  /// @param start its first row
  /// @param quote that can hold line ends; [CsvDialect#NO_QUOTE] if there is none
  Division(
      Path path,
      Position start,
      long size,
      long partBytes,
      int maxRowBytes,
      int quote,
      Scanners scanners) {
    this.path = path;
    this.start = start;
    this.size = size;
    this.partBytes = partBytes;
    this.maxRowBytes = maxRowBytes;
    this.quote = quote;
    this.scanners = scanners;
  }

  /// How many parts there are: 1 or more.
  public int parts() {
    return (int) Math.max(1, Math.ceilDiv(size - start.offset(), partBytes));
  }

  /// What is known before anything is surveyed.
  public Outline outline() {
    return new Outline(start, maxRowBytes);
  }

  /// Looks at a part.
  ///
  /// @param part its number, from 0
  /// @throws UserException if it can not be read
  public Survey survey(int part) {
    try {
      long from = part == 0 ? start.offset() : boundary(part);
      long to = from == Survey.NOWHERE || part + 1 >= parts() ? Survey.NOWHERE : boundary(part + 1);
      if (from == Survey.NOWHERE) {
        return new Survey(part, from, to, 0, Survey.View.BROKEN, Survey.View.BROKEN);
      }
      boolean quoted = part > 0 && quote != CsvDialect.NO_QUOTE;
      try (RowWalk outside = walk(bytes(from), from, to);
          RowWalk inside = quoted ? walk(quotedBytes(from), from - 1, to) : null) {
        return survey(part, from, to, outside, inside);
      }
    } catch (IOException e) {
      throw new UserException(path + " can not be read: " + e.getMessage() + ".", e);
    }
  }

  private Survey survey(int part, long from, long to, RowWalk outside, @Nullable RowWalk inside)
      throws IOException {
    long first = Survey.NOWHERE;
    long linesBefore = 0;
    if (inside != null) {
      inside.step();
      linesBefore = inside.lines();
      first = inside.isBroken() || inside.offset() > to ? Survey.NOWHERE : inside.offset();
    }
    if (to == Survey.NOWHERE) {
      var unread = new Survey.View(from, 0, 0, -1, false);
      var closed = new Survey.View(first, linesBefore, 0, -1, first == Survey.NOWHERE);
      return new Survey(part, from, to, 0, unread, closed);
    }
    RowWalk second = first == Survey.NOWHERE ? null : inside;
    long before = second == null ? 0 : second.rows();
    long ahead = walkBoth(outside, second);
    var outsideView = new Survey.View(from, 0, outside.rows(), outside.open(), outside.isBroken());
    return new Survey(
        part,
        from,
        to,
        lines(outside, to),
        outsideView,
        inside(inside, second, outside, first, linesBefore, before, ahead));
  }

  private static Survey.View inside(
      @Nullable RowWalk inside,
      @Nullable RowWalk second,
      RowWalk outside,
      long first,
      long linesBefore,
      long before,
      long ahead) {
    if (inside == null || second == null) {
      return inside == null || inside.isBroken() ? Survey.View.BROKEN : Survey.View.THROUGHOUT;
    }
    RowWalk end = ahead == APART ? second : outside;
    long rows = ahead == APART ? second.rows() - before : outside.rows() - ahead - before;
    return new Survey.View(first, linesBefore, rows, end.open(), end.isBroken());
  }

  private static final long APART = Long.MIN_VALUE;

  /// Walks on with both until they meet, and from there on with the first alone.
  ///
  /// @return how many rows the first was ahead of the second when they met; [#APART] if they did
  ///   not
  private static long walkBoth(RowWalk outside, @Nullable RowWalk inside) throws IOException {
    while (true) {
      if (inside != null && outside.meets(inside)) {
        long ahead = outside.rows() - inside.rows();
        while (outside.isUnderWay()) {
          outside.step();
        }
        return ahead;
      }
      boolean one = outside.isUnderWay();
      boolean other = inside != null && inside.isUnderWay();
      if (inside != null && other && (!one || inside.offset() < outside.offset())) {
        inside.step();
      } else if (one) {
        outside.step();
      } else {
        return APART;
      }
    }
  }

  /// The lines of a part are the same, however its rows lie.
  private long lines(RowWalk walk, long to) throws IOException {
    long counted = walk.open() >= 0 ? walk.open() : walk.offset();
    if (walk.open() < 0 && !walk.isBroken()) {
      return walk.lines();
    }
    long lines = walk.open() >= 0 ? walk.linesBeforeLast() : walk.lines();
    RowScanner scanner = scanners.scanner();
    byte[] chunk = new byte[FileCursor.CHUNK_SIZE];
    try (InputStream in = bytes(counted)) {
      int previous = -1;
      for (long left = to - counted; left > 0; ) {
        int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (read < 0) {
          break;
        }
        for (int i = 0; i < read; i++) {
          lines += previous >= 0 && scanner.endsLine(previous, chunk[i]) ? 1 : 0;
          previous = chunk[i] & 0xff;
        }
        left -= read;
      }
      lines += previous >= 0 && scanner.endsLine(previous, -1) ? 1 : 0;
    }
    return lines;
  }

  /// Where a part begins: behind the first line that ends where it would begin by its size, or
  /// behind.
  private long boundary(int part) throws IOException {
    long offset = start.offset() + part * partBytes - 1;
    byte[] chunk = new byte[8 << 10];
    try (InputStream in = bytes(offset)) {
      for (long left = maxRowBytes + 1L; left > 0; ) {
        int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (read < 0) {
          break;
        }
        for (int i = 0; i < read; i++) {
          if (chunk[i] == '\n') {
            return offset + i + 1;
          }
        }
        offset += read;
        left -= read;
      }
    }
    return Survey.NOWHERE;
  }

  private RowWalk walk(InputStream in, long from, long to) {
    return new RowWalk(in, from, to, scanners.scanner(), maxRowBytes);
  }

  private InputStream quotedBytes(long from) throws IOException {
    return new SequenceInputStream(
        new ByteArrayInputStream(new byte[] {(byte) quote}), bytes(from));
  }

  private InputStream bytes(long from) throws IOException {
    InputStream in = Files.newInputStream(path);
    try {
      in.skipNBytes(from);
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
