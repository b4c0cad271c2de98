package dev.waybill.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sentences for broken rules, in the same words for every database.
final class Broken {

  private Broken() {}

  static String notNull(String column) {
    return column + " must not be empty (NOT NULL)";
  }

  /// @param rule the rule's name or columns, as the database names it
  static String unique(List<String> columns, Row row, String rule) {
    return pairs(columns, row) + " is there already (UNIQUE " + rule + ")";
  }

  /// @param rule its expression, or its name where the database tells no more
  /// @param columns those that the expression uses
  static String check(List<String> columns, Row row, String rule) {
    return (columns.isEmpty() ? "the row" : pairs(columns, row))
        + (columns.size() > 1 ? " violate" : " violates")
        + " the rule "
        + rule
        + " (CHECK)";
  }

  static String reference(List<String> columns, Row row, String rule) {
    return pairs(columns, row) + " is not in the table referred to (FOREIGN KEY" + rule + ")";
  }

  /// The columns whose names stand in an SQL expression as words.
  static List<String> columnsIn(String expression, Table table) {
    var found = new ArrayList<String>();
    String text = expression.toLowerCase(Locale.ROOT);
    for (Column column : table.columns()) {
      String name = Pattern.quote(column.name().toLowerCase(Locale.ROOT));
      if (Pattern.compile("(?<![\\w'])" + name + "(?![\\w'])").matcher(text).find()) {
        found.add(column.name());
      }
    }
    return found;
  }

  /// `email 'a@b.c'`, or `first 'A', last 'B'`.
  private static String pairs(List<String> columns, Row row) {
    var text = new StringBuilder();
    for (String column : columns) {
      @Nullable Object value = row.value(column);
      text.append(text.isEmpty() ? "" : ", ").append(column);
      text.append(' ').append(value instanceof String ? Quote.value(value) : String.valueOf(value));
    }
    return text.toString();
  }
}
