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
import java.util.Base64;
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
      return digits == null ? null : Plain.narrow(new BigInteger(digits));
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
      return row.wasNull() ? null : Plain.of(number);
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
      return Plain.of(row.getObject(index, LocalDate.class));
    }
  },
  TIME {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      return Plain.of(row.getObject(index, LocalTime.class));
    }
  },
  TIMESTAMP {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      return Plain.of(row.getObject(index, LocalDateTime.class));
    }
  },
  /// In UTC, whatever the zone of server and client.
  TIMESTAMPTZ {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      return Plain.of(row.getObject(index, OffsetDateTime.class));
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
      return array == null ? null : Plain.list(array.getArray(), Plain::of);
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
      return Plain.of(row.getObject(index));
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
}
