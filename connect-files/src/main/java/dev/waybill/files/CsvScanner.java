package dev.waybill.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds the cells of one CSV record (RFC 4180) in bytes, without making text of them.
///
/// Lines may end with LF, CRLF or CR. A quote that does not open a cell is an ordinary character.
/// The results stay until the next scan.
final class CsvScanner implements RowScanner {

  /// What a scan came to.
  enum Outcome {
    /// A whole record.
    RECORD,
    /// The record may go on behind the bytes that there are; scan again from its start with more.
    MORE,
    /// The file ends inside quotes.
    OPEN_QUOTE
  }

  /// The cell has bytes above 0x7f, so it must be decoded.
  static final int NOT_ASCII = 1;

  /// The cell was quoted.
  static final int QUOTED = 2;

  /// The cell holds doubled quotes that stand for one.
  static final int DOUBLED = 4;

  /// Bytes that must be there behind the limit of a scan: bytes are looked at eight at a time.
  static final int SLACK = Long.BYTES;

  private static final byte LF = '\n';
  private static final byte CR = '\r';
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LFS = LF * ONES;
  private static final long CRS = CR * ONES;

  private final int delimiter;
  private final int quote;
  private final long delimiters;
  private final long quotes;

  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int[] flags = new int[16];
  private int cells;
  private int end;
  private int lineEnds;
  private int badQuote;
  private int openQuoteCell;
  private int openQuoteLine;

  CsvScanner(CsvDialect dialect) {
    delimiter = dialect.delimiter();
    // Outside the range of a byte, so that no byte is taken for a quote where there is none.
    quote = dialect.quote() == CsvDialect.NO_QUOTE ? Integer.MAX_VALUE : dialect.quote();
    delimiters = delimiter * ONES;
    quotes = dialect.quote() * ONES;
  }

  /// Scans the record that begins at `from`.
  ///
  /// @param bytes with [#SLACK] bytes behind `limit`, of which the first is used as a sentinel and
  ///   put back
  /// @param last whether the file ends at `limit`
  @Override
  public Outcome scan(byte[] bytes, int from, int limit, boolean last) {
    byte behind = bytes[limit];
    bytes[limit] = LF;
    try {
      return scanTo(bytes, from, limit, last);
    } finally {
      bytes[limit] = behind;
    }
  }

  private Outcome scanTo(byte[] bytes, int from, int limit, boolean last) {
    cells = 0;
    lineEnds = 0;
    badQuote = -1;
    openQuoteCell = -1;
    int at = from;
    while (true) {
      int start = at;
      long high = 0;
      int flag = 0;
      int cellEnd;
      if (bytes[at] == quote && at < limit) {
        openQuoteCell = cells;
        openQuoteLine = lineEnds;
        flag = QUOTED;
        start = ++at;
        while (true) {
          long word = (long) WORD.get(bytes, at);
          long hit = zeros(word ^ quotes) | zeros(word ^ LFS) | zeros(word ^ CRS);
          if (hit == 0) {
            high |= word;
            at += Long.BYTES;
            continue;
          }
          high |= word & belowLowest(hit);
          at += Long.numberOfTrailingZeros(hit) / Byte.SIZE;
          byte b = bytes[at];
          if (b == quote) {
            if (bytes[at + 1] != quote) {
              break;
            }
            flag |= DOUBLED;
            at += 2;
          } else if (at == limit) {
            return last ? Outcome.OPEN_QUOTE : Outcome.MORE;
          } else {
            if (b == LF || bytes[at + 1] != LF || at + 1 == limit) {
              lineEnds++;
            }
            at++;
          }
        }
        cellEnd = at++;
        openQuoteCell = -1;
        if (!endsCell(bytes[at])) {
          badQuote = badQuote < 0 ? cells : badQuote;
          while (!endsCell(bytes[at])) {
            at++;
          }
        }
      } else {
        long word = (long) WORD.get(bytes, at);
        long hit = zeros(word ^ delimiters) | zeros(word ^ LFS) | zeros(word ^ CRS);
        while (hit == 0) {
          high |= word;
          at += Long.BYTES;
          word = (long) WORD.get(bytes, at);
          hit = zeros(word ^ delimiters) | zeros(word ^ LFS) | zeros(word ^ CRS);
        }
        high |= word & belowLowest(hit);
        at += Long.numberOfTrailingZeros(hit) / Byte.SIZE;
        cellEnd = at;
      }
      if (cells == starts.length) {
        grow();
      }
      starts[cells] = start;
      ends[cells] = cellEnd;
      flags[cells++] = (high & HIGH_BITS) == 0 ? flag : flag | NOT_ASCII;
      if (bytes[at] != delimiter) {
        break;
      }
      at++;
    }
    return lineEnd(bytes, at, limit, last);
  }

  private boolean endsCell(byte b) {
    return b == delimiter || b == LF || b == CR;
  }

  /// The high bit of each byte that is zero; above the lowest of them also of some that are one
  /// (Warren, Hacker's Delight, section 6-1).
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }

  /// All bits below the lowest one that is set.
  private static long belowLowest(long word) {
    return (word & -word) - 1;
  }

  private Outcome lineEnd(byte[] bytes, int at, int limit, boolean last) {
    if (at == limit) {
      end = limit;
      return last ? Outcome.RECORD : Outcome.MORE;
    }
    lineEnds++;
    if (bytes[at] == CR) {
      if (at + 1 == limit) {
        end = limit;
        return last ? Outcome.RECORD : Outcome.MORE;
      }
      at += bytes[at + 1] == LF ? 1 : 0;
    }
    end = at + 1;
    return Outcome.RECORD;
  }

  private void grow() {
    starts = Arrays.copyOf(starts, 2 * cells);
    ends = Arrays.copyOf(ends, 2 * cells);
    flags = Arrays.copyOf(flags, 2 * cells);
  }

  int cells() {
    return cells;
  }

  /// A cell's first byte; behind the quote if it is quoted.
  int start(int cell) {
    return starts[cell];
  }

  /// The index behind a cell's last byte; before the quote if it is quoted.
  int end(int cell) {
    return ends[cell];
  }

  /// [#NOT_ASCII], [#QUOTED] and [#DOUBLED], added up.
  int flags(int cell) {
    return flags[cell];
  }

  /// The index of a cell's first byte, its quote included.
  int outerStart(int cell) {
    return starts[cell] - ((flags[cell] & QUOTED) == 0 ? 0 : 1);
  }

  @Override
  public int end() {
    return end;
  }

  @Override
  public int lineEnds() {
    return lineEnds;
  }

  @Override
  public boolean isBlank() {
    return cells == 1 && starts[0] == ends[0] && (flags[0] & QUOTED) == 0;
  }

  @Override
  public boolean endsLine(int b, int next) {
    return b == LF || (b == CR && next != LF);
  }

  /// The first cell with text behind its closing quote; -1 if there is none.
  int badQuote() {
    return badQuote;
  }

  /// The cell inside whose quotes the scan stopped; -1 if it did not stop inside quotes.
  int openQuoteCell() {
    return openQuoteCell;
  }

  /// How many lines had ended in the record when that quote was opened.
  int openQuoteLine() {
    return openQuoteLine;
  }
}
