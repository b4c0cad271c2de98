package dev.waybill.jdbc;

import dev.waybill.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What is the same in all databases: numbers and truth values as they are, JSON as records and
/// lists, dates and times as ISO 8601 texts, bytes in Base64, all else as text.
enum StandardCell implements Cell {
  INTEGER {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      long number = row.getLong(index);
      return row.wasNull() ? null : number;
    }
  },
  /// Whole numbers that a long may be too small for.
  WHOLE {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      String digits = row.getString(index);
      return digits == null ? null : narrow(new BigInteger(digits));
    }
  },
  DECIMAL {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      String text = row.getString(index);
      if (text == null) {
        return null;
      }
      // PostgreSQL's numeric has NaN and Infinity, which no JSON has.
      return Character.isLetter(text.charAt(text.length() - 1)) ? text : new BigDecimal(text);
    }
  },
  REAL {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      double number = row.getDouble(index);
      if (row.wasNull()) {
        return null;
      }
      return Double.isFinite(number) ? (Object) number : Double.toString(number);
    }
  },
  BOOLEAN {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      boolean truth = row.getBoolean(index);
      return row.wasNull() ? null : truth;
    }
  },
  DATE {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      LocalDate date = row.getObject(index, LocalDate.class);
      return date == null ? null : date.toString();
    }
  },
  TIME {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      LocalTime time = row.getObject(index, LocalTime.class);
      return time == null ? null : DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
  },
  TIMESTAMP {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      LocalDateTime time = row.getObject(index, LocalDateTime.class);
      return time == null ? null : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
  },
  /// In UTC, whatever the zone of server and client.
  TIMESTAMPTZ {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
      return time == null
          ? null
          : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
              time.withOffsetSameInstant(ZoneOffset.UTC));
    }
  },
  JSON {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      String text = row.getString(index);
      try {
        return text == null ? null : Json.read(text);
      } catch (JacksonException e) {
        return text;
      }
    }
  },
  BYTES {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      byte[] bytes = row.getBytes(index);
      return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }
  },
  LIST {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      Array array = row.getArray(index);
      return array == null ? null : list(array.getArray());
    }
  },
  TEXT {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      return row.getString(index);
    }
  },
  /// Where each value has a type of its own, as in SQLite.
  ANY {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      return plain(row.getObject(index));
    }
  };

  /// How to read a column, by the type that the driver tells.
  static StandardCell of(ResultSetMetaData meta, int index) throws SQLException {
    String name = meta.getColumnTypeName(index);
    if (name.equalsIgnoreCase("timestamptz")) {
      return TIMESTAMPTZ;
    }
    if (name.equalsIgnoreCase("json") || name.equalsIgnoreCase("jsonb")) {
      return JSON;
    }
    return switch (meta.getColumnType(index)) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          meta.isSigned(index) || name.equalsIgnoreCase("oid") ? INTEGER : DECIMAL;
      case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> name.equalsIgnoreCase("money") ? TEXT : REAL;
      case Types.BOOLEAN -> BOOLEAN;
      // PostgreSQL's bool is a BIT to its driver; a bit string is not.
      case Types.BIT -> name.equalsIgnoreCase("bit") ? TEXT : BOOLEAN;
      case Types.DATE -> DATE;
      case Types.TIME -> name.equalsIgnoreCase("timetz") ? TEXT : TIME;
      case Types.TIMESTAMP -> TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> TIMESTAMPTZ;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
      case Types.ARRAY -> LIST;
      default -> TEXT;
    };
  }

  /// As JSON's numbers are read: a long where it is enough.
  static Number narrow(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case Float number -> plain(number.doubleValue());
      case Double number -> Double.isFinite(number) ? (Object) number : number.toString();
      case String text -> text;
      case Long number -> number;
      case Boolean truth -> truth;
      case BigDecimal number -> number;
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      case Object[] nested -> list(nested);
      default -> value.toString();
    };
  }

  private static List<@Nullable Object> list(Object array) {
    var list = new ArrayList<@Nullable Object>();
    for (Object element : (Object[]) array) {
      list.add(plain(element));
    }
    return list;
  }
}
