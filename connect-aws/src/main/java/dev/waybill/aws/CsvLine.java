package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record as a line of CSV (RFC 4180), but with a bare line feed at its end.
///
/// @param columns in their order
record CsvLine(List<String> columns) {

  /// The columns' names.
  byte[] header() {
    var line = new StringBuilder();
    for (String column : columns) {
      append(line, column);
    }
    return ended(line);
  }

  /// @throws UnfitItemException if the record has a field that is no column
  byte[] of(Fields record) {
    var line = new StringBuilder();
    for (String column : columns) {
      Object value = record.get(column);
      append(line, value == null ? null : RecordFields.text(value));
    }
    for (String name : record.names().asList()) {
      if (!columns.contains(name)) {
        throw new UnfitItemException("the field '" + name + "' is none of the CSV's columns");
      }
    }
    return ended(line);
  }

  /// Nothing stands for no value, a pair of quotes for an empty text.
  private static void append(StringBuilder line, @Nullable String text) {
    if (text == null) {
      line.append(',');
    } else if (text.isEmpty() || needsQuotes(text)) {
      line.append('"').append(text.replace("\"", "\"\"")).append("\",");
    } else {
      line.append(text).append(',');
    }
  }

  private static boolean needsQuotes(String text) {
    if (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == ',' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  private static byte[] ended(StringBuilder line) {
    line.setCharAt(line.length() - 1, '\n');
    return line.toString().getBytes(UTF_8);
  }
}
