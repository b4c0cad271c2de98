package dev.waybill.files;

import java.util.Arrays;

/// Finds the cells of one CSV record (RFC 4180) in bytes, without making text of them.
///
/// Lines may end with LF, CRLF or CR. A quote that does not open a cell is an ordinary character.
/// The results stay until the next scan.
final class CsvScanner {

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

  private static final byte LF = '\n';
  private static final byte CR = '\r';

  /// Nonzero where a byte ends a run of plain ones: outside of quotes, and inside.
  private final byte[] endsPlain = new byte[256];

  private final byte[] endsQuoted = new byte[256];
  private final int delimiter;
  private final int quote;

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
    endsPlain[delimiter] = 1;
    endsPlain[LF] = 1;
    endsPlain[CR] = 1;
    endsQuoted[LF] = 1;
    endsQuoted[CR] = 1;
    if (dialect.quote() != CsvDialect.NO_QUOTE) {
      endsQuoted[quote] = 1;
    }
  }

  /// Scans the record that begins at `from`.
  ///
  /// @param bytes `bytes[limit]` must be there: it is used as a sentinel, and is put back
  /// @param last whether the file ends at `limit`
  Outcome scan(byte[] bytes, int from, int limit, boolean last) {
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
      int high = 0;
      int flag = 0;
      int cellEnd;
      if (bytes[at] == quote && at < limit) {
        openQuoteCell = cells;
        openQuoteLine = lineEnds;
        flag = QUOTED;
        start = ++at;
        while (true) {
          byte b;
          while (endsQuoted[(b = bytes[at]) & 0xff] == 0) {
            high |= b;
            at++;
          }
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
        if (endsPlain[bytes[at] & 0xff] == 0) {
          badQuote = badQuote < 0 ? cells : badQuote;
          while (endsPlain[bytes[at] & 0xff] == 0) {
            at++;
          }
        }
      } else {
        byte b;
        while (endsPlain[(b = bytes[at]) & 0xff] == 0) {
          high |= b;
          at++;
        }
        cellEnd = at;
      }
      if (cells == starts.length) {
        grow();
      }
      starts[cells] = start;
      ends[cells] = cellEnd;
      flags[cells++] = flag | (high >>> 31);
      if (bytes[at] != delimiter) {
        break;
      }
      at++;
    }
    return lineEnd(bytes, at, limit, last);
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

  /// The index behind the record, its line end included.
  int end() {
    return end;
  }

  /// How many lines ended in the record.
  int lineEnds() {
    return lineEnds;
  }

  /// Whether the record is an empty line.
  boolean isBlank() {
    return cells == 1 && starts[0] == ends[0] && (flags[0] & QUOTED) == 0;
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
