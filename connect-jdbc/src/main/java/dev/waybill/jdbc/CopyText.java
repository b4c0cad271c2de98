package dev.waybill.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows in the text format of PostgreSQL's COPY (its manual, COPY, "Text Format"): cells parted by
/// tabs, rows ended by line feeds, null as `\N`.
final class CopyText {

  private CopyText() {}

  static byte[] of(List<Row> rows) {
    var text = new StringBuilder(rows.size() * 64);
    for (Row row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (i > 0) {
          text.append('\t');
        }
        append(text, row.value(i));
      }
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case null -> text.append("\\N");
      case String cell -> appendEscaped(text, cell);
      default -> text.append(value);
    }
  }

  private static void appendEscaped(StringBuilder text, String cell) {
    int from = 0;
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
        text.append(cell, from, i).append('\\');
        text.append(c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\\');
        from = i + 1;
      }
    }
    text.append(cell, from, cell.length());
  }
}
