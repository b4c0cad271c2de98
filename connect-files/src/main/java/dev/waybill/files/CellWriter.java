package dev.waybill.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes cells of CSV, with quotes where RFC 4180 asks for them.
final class CellWriter {

  /// Commas, double quotes, UTF-8.
  static final CellWriter STANDARD = new CellWriter(',', '"', StandardCharsets.UTF_8);

  private final int delimiter;
  private final int quote;
  private final Charset charset;

  CellWriter(int delimiter, int quote, Charset charset) {
    this.delimiter = delimiter;
    this.quote = quote;
    this.charset = charset;
  }

  void delimiter(OutputStream out) throws IOException {
    out.write(delimiter);
  }

  void number(OutputStream out, long number) throws IOException {
    text(out, Long.toString(number));
  }

  void text(OutputStream out, @Nullable String text) throws IOException {
    if (text == null || text.isEmpty()) {
      return;
    }
    byte[] cell = text.getBytes(charset);
    if (!hasSpecial(cell)) {
      out.write(cell);
    } else if (quote == CsvDialect.NO_QUOTE) {
      // Without quotes there is no way to write these characters into a cell.
      for (byte b : cell) {
        out.write(isSpecial(b) ? ' ' : b);
      }
    } else {
      quoted(out, cell, cell.length);
    }
  }

  private boolean hasSpecial(byte[] cell) {
    for (byte b : cell) {
      if (isSpecial(b)) {
        return true;
      }
    }
    return false;
  }

  /// The first `length` bytes as one quoted cell, whatever they are.
  void quoted(OutputStream out, byte[] cell, int length) throws IOException {
    out.write(quote);
    for (int i = 0; i < length; i++) {
      out.write(cell[i]);
      if (cell[i] == quote) {
        out.write(quote);
      }
    }
    out.write(quote);
  }

  private boolean isSpecial(int character) {
    return character == delimiter
        || character == '\n'
        || character == '\r'
        || (character == quote && quote != CsvDialect.NO_QUOTE);
  }
}
