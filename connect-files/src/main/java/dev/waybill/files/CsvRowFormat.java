package dev.waybill.files;

import dev.waybill.ByteSlice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The input's header and rows, byte for byte; in a `fail` file behind four columns of our own.
/// There, a row whose quotes do not balance would swallow the rows behind it: it is written as one
/// quoted cell.
final class CsvRowFormat implements RowFormat {

  private final CsvHeader header;
  private final CsvScanner scanner;
  private final CellWriter cells;
  private final boolean quotes;
  private final byte[] lineEnd;

  CsvRowFormat(CsvHeader header, CsvDialect dialect) {
    this.header = header;
    this.scanner = new CsvScanner(dialect);
    this.cells = new CellWriter(dialect.delimiter(), dialect.quote(), dialect.charset());
    this.quotes = dialect.quote() != CsvDialect.NO_QUOTE;
    String row = header.row().text(StandardCharsets.ISO_8859_1);
    String end = row.endsWith("\r\n") ? "\r\n" : row.endsWith("\r") ? "\r" : "\n";
    this.lineEnd = end.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] lineEnd() {
    return lineEnd;
  }

  @Override
  public void retryHead(OutputStream out) throws IOException {
    header.before().writeTo(out);
    endLine(out, header.row());
  }

  @Override
  public void failHead(OutputStream out) throws IOException {
    header.before().writeTo(out);
    for (String column : CsvHeader.FAIL_COLUMNS) {
      cells.text(out, column);
      cells.delimiter(out);
    }
    endLine(out, header.row());
  }

  @Override
  public void failRow(
      OutputStream out, long batch, String line, @Nullable String key, String error, ByteSlice row)
      throws IOException {
    cells.number(out, batch);
    cells.delimiter(out);
    cells.text(out, line);
    cells.delimiter(out);
    cells.text(out, key);
    cells.delimiter(out);
    cells.text(out, error);
    cells.delimiter(out);
    if (!quotes || isOneRecord(row)) {
      endLine(out, row);
    } else {
      byte[] bytes = row.toByteArray();
      cells.quoted(out, bytes, bytes.length - lineEndLength(row));
      out.write(lineEnd);
    }
  }

  private void endLine(OutputStream out, ByteSlice row) throws IOException {
    row.writeTo(out);
    if (lineEndLength(row) == 0) {
      out.write(lineEnd);
    }
  }

  private boolean isOneRecord(ByteSlice row) {
    byte[] bytes = new byte[row.length() + CsvScanner.SLACK];
    row.copyTo(bytes, 0);
    return scanner.scan(bytes, 0, row.length(), true) == CsvScanner.Outcome.RECORD
        && scanner.end() == row.length();
  }

  /// How many bytes at its end are a line end.
  static int lineEndLength(ByteSlice row) {
    int length = row.length();
    if (length > 0 && row.at(length - 1) == '\n') {
      return length > 1 && row.at(length - 2) == '\r' ? 2 : 1;
    }
    return length > 0 && row.at(length - 1) == '\r' ? 1 : 0;
  }
}
