package dev.waybill.jdbc;

import dev.waybill.Reply;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A call as text, for `--dry-run`.
final class Previews {

  /// Rows that are shown in full.
  private static final int SHOWN = 3;

  private Previews() {}

  /// @param creation what would be run first; null if the table is there
  /// @param statement the statement for rows of a shape
  static String text(@Nullable String creation, Rows rows, Function<Shape, String> statement) {
    var text = new StringBuilder();
    if (creation != null) {
      text.append(creation.strip()).append(creation.strip().endsWith(";") ? "\n\n" : ";\n\n");
    }
    switch (rows) {
      case Rows.Unfit(Reply reply) -> text.append("-- not sent: ").append(reply).append('\n');
      case Rows.Ready(List<Row> ready) -> {
        text.append("begin;\n");
        Shape last = null;
        for (int i = 0; i < Math.min(SHOWN, ready.size()); i++) {
          Row row = ready.get(i);
          if (!row.shape().equals(last)) {
            last = row.shape();
            text.append(statement.apply(last)).append(";\n");
          }
          text.append("-- row ").append(i + 1).append(':');
          for (int c = 0; c < row.size(); c++) {
            text.append(c == 0 ? " " : ", ")
                .append(row.shape().columns().get(c).name())
                .append(" = ");
            @Nullable Object value = row.value(c);
            text.append(value instanceof String ? Quote.value(value) : String.valueOf(value));
          }
          text.append('\n');
        }
        if (ready.size() > SHOWN) {
          text.append("-- and ").append(ready.size() - SHOWN).append(" more rows\n");
        }
        text.append("commit;\n");
      }
    }
    return text.toString();
  }
}
