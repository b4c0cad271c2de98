package dev.waybill.files;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/// What stands before the first record of a CSV file.
///
/// @param names the columns, without those that a `fail` file has in front
/// @param before what stands before the first column: a byte-order mark, empty lines
/// @param row the header row from its first column on, line end included
/// @param skippedCells how many cells of each row are not the record's own: those of a `fail` file
record CsvHeader(FieldNames names, ByteSlice before, ByteSlice row, int skippedCells) {

  /// The columns that a `fail` file has before the input's own.
  static final List<String> FAIL_COLUMNS = List.of("batch", "line", "key", "error");

  /// Reads the header, and leaves the window and the line at the first row.
  static CsvHeader read(FileCursor cursor, CsvDialect dialect) {
    try {
      return new Reader(cursor, dialect).read();
    } catch (IOException e) {
      throw cursor.unreadable(e);
    }
  }

  /// The header as it stands in the file, but for a `fail` file's own columns.
  ByteSlice preamble() {
    byte[] all = new byte[before.length() + row.length()];
    before.copyTo(all, 0);
    row.copyTo(all, before.length());
    return new ByteSlice(all, 0, all.length);
  }

  private static final class Reader {

    private final FileCursor cursor;
    private final Window window;
    private final CsvDialect dialect;
    private final CsvScanner scanner;

    Reader(FileCursor cursor, CsvDialect dialect) {
      this.cursor = cursor;
      this.window = cursor.window();
      this.dialect = dialect;
      this.scanner = new CsvScanner(dialect);
    }

    CsvHeader read() throws IOException {
      if (window.startsWith(0xff, 0xfe) || window.startsWith(0xfe, 0xff)) {
        throw utf16();
      }
      int mark = window.startsWith(0xef, 0xbb, 0xbf) ? 3 : 0;
      cursor.consume(mark, 0);
      byte[] before = new byte[mark];
      System.arraycopy(window.bytes(), window.position() - mark, before, 0, mark);
      return read(before);
    }

    private CsvHeader read(byte[] before) throws IOException {
      while (true) {
        if (!window.hasByte()) {
          throw new UserException(
              cursor.fileName() + " is empty: a CSV file begins with a row of column names.");
        }
        scanRow();
        if (!scanner.isBlank()) {
          break;
        }
        before = concat(before, scanner.end());
        cursor.consume(scanner.end() - window.position(), scanner.lineEnds());
      }
      List<String> cells = texts();
      int skipped =
          cells.size() > FAIL_COLUMNS.size()
                  && cells.subList(0, FAIL_COLUMNS.size()).equals(FAIL_COLUMNS)
              ? FAIL_COLUMNS.size()
              : 0;
      List<String> columns = cells.subList(skipped, cells.size());
      check(columns);
      var row =
          new ByteSlice(
                  window.bytes(),
                  scanner.outerStart(skipped),
                  scanner.end() - scanner.outerStart(skipped))
              .copied();
      cursor.consume(scanner.end() - window.position(), scanner.lineEnds());
      return new CsvHeader(
          FieldNames.of(columns), new ByteSlice(before, 0, before.length), row, skipped);
    }

    private void scanRow() throws IOException {
      while (true) {
        int limit =
            (int) Math.min(window.limit(), window.position() + (long) dialect.maxRowBytes());
        boolean last = window.atEnd() && limit == window.limit();
        switch (scanner.scan(window.bytes(), window.position(), limit, last)) {
          case RECORD -> {
            return;
          }
          case OPEN_QUOTE ->
              throw problem(
                  "opens a quote that is never closed: close it, or set the quote option");
          case MORE -> {
            if (limit < window.limit()) {
              throw problem(
                  "has a header row of more than "
                      + dialect.maxRowBytes()
                      + " bytes: look whether it is a CSV file, or raise max-row-bytes");
            }
            window.more();
          }
        }
      }
    }

    private List<String> texts() {
      if (scanner.badQuote() >= 0) {
        throw problem(
            "has text behind the closing quote of column "
                + (scanner.badQuote() + 1)
                + ": double the quotes inside of it");
      }
      var decoder = new CellDecoder(dialect);
      var texts = new ArrayList<String>();
      for (int i = 0; i < scanner.cells(); i++) {
        texts.add(Objects.requireNonNullElse(decoder.value(window.bytes(), scanner, i), ""));
        if (decoder.takeMalformed()) {
          throw problem(
              "has a name in column "
                  + (i + 1)
                  + " that is not "
                  + dialect.charset().name()
                  + ": name the file's encoding by the charset option, such as windows-1252");
        }
        if (texts.getLast().indexOf('\0') >= 0) {
          throw utf16();
        }
      }
      return texts;
    }

    private void check(List<String> columns) {
      if (columns.size() == 1 && !dialect.delimiterGiven()) {
        suggestDelimiter(columns.getFirst());
      }
      var seen = new HashMap<String, Integer>();
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).isBlank()) {
          throw problem("has no name for column " + (i + 1) + ": give each column a name");
        }
        Integer earlier = seen.putIfAbsent(columns.get(i), i);
        if (earlier != null) {
          throw problem(
              "names the columns "
                  + (earlier + 1)
                  + " and "
                  + (i + 1)
                  + " both '"
                  + columns.get(i)
                  + "': give each column a name of its own");
        }
      }
    }

    private void suggestDelimiter(String column) {
      for (char delimiter : new char[] {';', '\t', ',', '|'}) {
        if (delimiter != dialect.delimiter() && column.indexOf(delimiter) >= 0) {
          String name = delimiter == '\t' ? "tab" : String.valueOf(delimiter);
          throw problem(
              "has a single column, '"
                  + column.replace('\t', ' ')
                  + "': if its cells are separated by '"
                  + name
                  + "', set the option delimiter="
                  + name);
        }
      }
    }

    private UserException utf16() {
      return new UserException(
          cursor.fileName()
              + " is UTF-16: convert it first, as in iconv -f UTF-16 -t UTF-8 FILE > NEWFILE.");
    }

    private UserException problem(String what) {
      return new UserException(cursor.fileName() + ", line " + cursor.line() + ", " + what + ".");
    }

    private byte[] concat(byte[] before, int end) {
      int length = end - window.position();
      byte[] all = Arrays.copyOf(before, before.length + length);
      System.arraycopy(window.bytes(), window.position(), all, before.length, length);
      return all;
    }
  }
}
