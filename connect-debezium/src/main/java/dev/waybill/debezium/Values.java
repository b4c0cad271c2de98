package dev.waybill.debezium;

import dev.waybill.jdbc.Plain;
import dev.waybill.json.Json;
import io.debezium.data.SpecialValueDecimal;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.postgresql.util.HStoreConverter;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/// What the decoder of the log and the driver give, each in its own way, in one form.
final class Values {

  private Values() {}

  static String text(Object raw) {
    return switch (raw) {
      case String text -> text;
      case PGInterval interval -> Times.interval(interval);
      case PGobject other -> String.valueOf(other.getValue());
      case Map<?, ?> map -> HStoreConverter.toString(map);
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      case SQLXML xml -> xml(xml);
      default -> raw.toString();
    };
  }

  static String decimal(Object raw) {
    return raw instanceof SpecialValueDecimal number
        ? number
            .getDecimalValue()
            .map(BigDecimal::toString)
            .orElseGet(() -> Double.toString(number.toDouble()))
        : raw.toString();
  }

  /// A JSON text.
  static String list(Object raw) {
    if (!(raw instanceof Array array)) {
      return Json.text(List.of(text(raw)));
    }
    try {
      return Json.text(Plain.of(array.getArray()));
    } catch (SQLException e) {
      throw new IllegalStateException("the array " + array + " can not be taken apart", e);
    }
  }

  private static String xml(SQLXML xml) {
    try {
      return xml.getString();
    } catch (SQLException e) {
      throw new IllegalStateException("a value of the type xml can not be read", e);
    }
  }
}
