package dev.waybill.jdbc;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a column holds, and how a record's value becomes it.
///
/// Converted values are null, [Long], [Double], [Boolean] or [String]; a `String` is in a form that
/// both databases read as the type.
enum ColumnType {
  TEXT("text"),
  INTEGER("whole number"),
  DECIMAL("number"),
  REAL("number"),
  BOOLEAN("boolean (true or false, yes or no, 1 or 0)"),
  DATE("date (yyyy-MM-dd)"),
  TIMESTAMP("date and time (yyyy-MM-dd HH:mm:ss)"),
  TIMESTAMPTZ("date and time (yyyy-MM-dd HH:mm:ss, with an offset such as +02:00 or Z)"),
  /// Anything else: the text is handed over, and the database judges it.
  OTHER("value");

  private final String described;

  ColumnType(String described) {
    this.described = described;
  }

  /// The type that a user names in the option `types`; null if there is none of that name.
  static @Nullable ColumnType named(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "text", "string" -> TEXT;
      case "integer", "int" -> INTEGER;
      case "decimal", "numeric" -> DECIMAL;
      case "real", "double" -> REAL;
      case "boolean", "bool" -> BOOLEAN;
      case "date" -> DATE;
      case "timestamp", "datetime" -> TIMESTAMP;
      case "timestamptz" -> TIMESTAMPTZ;
      default -> null;
    };
  }

  /// The value in this type's form.
  ///
  /// @param emptyText what an empty text becomes in a column of texts; in all others it is null
  /// @throws Unfit if it has none; the reason reads on behind the column's name
  @Nullable Object convert(@Nullable Object value, EmptyText emptyText) throws Unfit {
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      if (text.isEmpty() && (this != TEXT || emptyText == EmptyText.NULL)) {
        return null;
      }
      return fromText(text);
    }
    if (value instanceof Fields || value instanceof List<?> || value instanceof Map<?, ?>) {
      if (this == TEXT || this == OTHER) {
        return Json.text(value);
      }
      throw unfit(Json.text(value));
    }
    if (this == INTEGER && (value instanceof Long || value instanceof Integer)) {
      return ((Number) value).longValue();
    }
    if (this == REAL && (value instanceof Double || value instanceof Float)) {
      return ((Number) value).doubleValue();
    }
    if (this == BOOLEAN && value instanceof Boolean) {
      return value;
    }
    if (value instanceof BigDecimal number) {
      return fromText(number.toPlainString());
    }
    if (value instanceof Boolean && (this == INTEGER || this == DECIMAL || this == REAL)) {
      throw unfit(value);
    }
    return fromText(value.toString());
  }

  private @Nullable Object fromText(String text) throws Unfit {
    return switch (this) {
      case TEXT, OTHER -> text;
      case INTEGER -> integer(text.strip());
      case DECIMAL -> decimal(text.strip());
      case REAL -> real(text.strip());
      case BOOLEAN -> truth(text.strip());
      case DATE -> {
        String date = text.strip();
        if (!IsoText.isDate(date)) {
          throw unfit(text);
        }
        yield date;
      }
      case TIMESTAMP -> {
        String time = text.strip();
        if (!IsoText.isDate(time) && IsoText.time(time) != IsoText.Time.LOCAL) {
          throw unfit(text);
        }
        yield time;
      }
      case TIMESTAMPTZ -> {
        String time = text.strip();
        if (!IsoText.isDate(time) && IsoText.time(time) == IsoText.Time.NONE) {
          throw unfit(text);
        }
        yield time;
      }
    };
  }

  private Object integer(String text) throws Unfit {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      try {
        return new BigInteger(text).toString();
      } catch (NumberFormatException notOneEither) {
        throw unfit(text);
      }
    }
  }

  private String decimal(String text) throws Unfit {
    try {
      // Not toPlainString: 1e999999999 would be a gigabyte.
      return new BigDecimal(text).toString();
    } catch (NumberFormatException e) {
      throw unfit(text);
    }
  }

  private Double real(String text) throws Unfit {
    try {
      // parseDouble would also take "1d", "0x1p3" and "NaN".
      return new BigDecimal(text).doubleValue();
    } catch (NumberFormatException e) {
      throw unfit(text);
    }
  }

  private Boolean truth(String text) throws Unfit {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw unfit(text);
    };
  }

  private Unfit unfit(Object value) {
    return new Unfit(Quote.value(value) + " is not a " + described);
  }
}
