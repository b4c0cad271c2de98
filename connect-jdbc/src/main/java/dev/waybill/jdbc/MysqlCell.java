package dev.waybill.jdbc;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is particular to MySQL's columns.
enum MysqlCell implements Cell {
  /// `tinyint(1)`, by which MySQL means a truth value, and in which other numbers may stand.
  TINY {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      long number = row.getLong(index);
      if (row.wasNull()) {
        return null;
      }
      return number == 0 || number == 1 ? (Object) (number == 1) : (Object) number;
    }
  },
  /// `bit(10)` as ten zeros and ones.
  BITS {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      byte[] bytes = row.getBytes(index);
      if (bytes == null) {
        return null;
      }
      String bits = new BigInteger(1, bytes).toString(2);
      return "0".repeat(Math.max(0, row.getMetaData().getPrecision(index) - bits.length())) + bits;
    }
  },
  /// A date or a time of no particular zone.
  ///
  /// All zeros stand for no date at all. Only zeros for month or day are left as they are, since
  /// they are on no calendar (MySQL's manual, "The DATE, DATETIME, and TIMESTAMP Types").
  MOMENT {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      String text = row.getString(index);
      return text == null || text.startsWith("0000-00-00") ? null : iso(text);
    }
  },
  /// `timestamp`, which the server gives in UTC, the session's zone.
  INSTANT {
    @Override
    public @Nullable Object read(ResultSet row, int index) throws SQLException {
      Object text = MOMENT.read(row, index);
      return text == null ? null : text + "Z";
    }
  };

  static Cell of(ResultSetMetaData meta, int index) throws SQLException {
    int type = meta.getColumnType(index);
    String name = meta.getColumnTypeName(index).toUpperCase(Locale.ROOT);
    return switch (name) {
      case "BOOLEAN" -> TINY;
      case "BIT" -> type == Types.BOOLEAN ? StandardCell.BOOLEAN : BITS;
      case "BIGINT UNSIGNED" -> StandardCell.WHOLE;
      case "DATE", "DATETIME" -> MOMENT;
      case "TIMESTAMP" -> INSTANT;
      // From -838 to 838 hours.
      case "TIME" -> StandardCell.TEXT;
      default ->
          switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> StandardCell.INTEGER;
            default -> StandardCell.of(meta, index);
          };
    };
  }

  /// `2026-11-21 10:00:00.250000` as ISO 8601 has it, without zeros at its end.
  private static String iso(String text) {
    String iso = text.replace(' ', 'T');
    if (iso.indexOf('.') < 0) {
      return iso;
    }
    int end = iso.length();
    while (iso.charAt(end - 1) == '0') {
      end--;
    }
    return iso.substring(0, iso.charAt(end - 1) == '.' ? end - 1 : end);
  }
}
