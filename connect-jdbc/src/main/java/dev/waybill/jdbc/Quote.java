package dev.waybill.jdbc;

import org.jspecify.annotations.Nullable;

/// Names and values as they stand in SQL and in messages.
final class Quote {

  /// Characters of a value that a message shows.
  private static final int SHOWN = 80;

  private Quote() {}

  /// A name in SQL, exactly as written: `"first name"`.
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// A name in SQL as MySQL writes it, exactly as given.
  static String backticked(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  /// A text in SQL.
  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /// A value in a message: `'a@b.c'`, cut after 80 characters.
  static String value(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String text = value.toString();
    return text.length() <= SHOWN
        ? "'" + text + "'"
        : "'" + text.substring(0, SHOWN) + "…' (" + text.length() + " characters)";
  }
}
