package dev.waybill.jdbc;

import dev.waybill.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Guesses the columns of a table that is to be made from the first records.
///
/// A type is guessed only where every value seen has it; what is in doubt is text. Digits with a
/// leading zero (postcodes, telephone numbers) are text.
final class TypeInference {

  /// At most 18 digits, so that it fits 64 bits.
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d{0,17})");

  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private TypeInference() {}

  /// The columns in the order in which the records name them.
  ///
  /// @param names those that every record has; the records may name more
  /// @param declared types that are known and need no guess
  static Map<String, ColumnType> columns(
      List<String> names, List<Fields> sample, Map<String, ColumnType> declared) {
    var guesses = new LinkedHashMap<String, @Nullable ColumnType>();
    names.forEach(name -> guesses.put(name, null));
    for (Fields record : sample) {
      for (int i = 0; i < record.size(); i++) {
        String name = record.names().name(i);
        ColumnType type = typeOf(record.value(i));
        ColumnType before = guesses.get(name);
        guesses.put(name, type == null ? before : before == null ? type : common(before, type));
      }
    }
    var columns = new LinkedHashMap<String, ColumnType>();
    guesses.forEach(
        (name, guess) ->
            columns.put(
                name, declared.getOrDefault(name, guess == null ? ColumnType.TEXT : guess)));
    return columns;
  }

  private static @Nullable ColumnType typeOf(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> typeOfText(text.strip());
      case Boolean ignored -> ColumnType.BOOLEAN;
      case Long ignored -> ColumnType.INTEGER;
      case Integer ignored -> ColumnType.INTEGER;
      case Double ignored -> ColumnType.REAL;
      case Number ignored -> ColumnType.DECIMAL;
      default -> ColumnType.TEXT;
    };
  }

  private static @Nullable ColumnType typeOfText(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (INTEGER.matcher(text).matches()) {
      return ColumnType.INTEGER;
    }
    if (DECIMAL.matcher(text).matches()) {
      return ColumnType.DECIMAL;
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return ColumnType.BOOLEAN;
    }
    if (IsoText.isDate(text)) {
      return ColumnType.DATE;
    }
    return switch (IsoText.time(text)) {
      case NONE -> ColumnType.TEXT;
      case LOCAL -> ColumnType.TIMESTAMP;
      case WITH_OFFSET -> ColumnType.TIMESTAMPTZ;
    };
  }

  private static ColumnType common(ColumnType one, ColumnType other) {
    if (one == other) {
      return one;
    }
    if (isNumber(one) && isNumber(other)) {
      return one == ColumnType.REAL || other == ColumnType.REAL
          ? ColumnType.REAL
          : ColumnType.DECIMAL;
    }
    if (isTime(one) && isTime(other)) {
      return one == ColumnType.TIMESTAMPTZ || other == ColumnType.TIMESTAMPTZ
          ? ColumnType.TIMESTAMPTZ
          : ColumnType.TIMESTAMP;
    }
    return ColumnType.TEXT;
  }

  private static boolean isNumber(ColumnType type) {
    return type == ColumnType.INTEGER || type == ColumnType.DECIMAL || type == ColumnType.REAL;
  }

  private static boolean isTime(ColumnType type) {
    return type == ColumnType.DATE
        || type == ColumnType.TIMESTAMP
        || type == ColumnType.TIMESTAMPTZ;
  }
}
