package dev.waybill.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A driver's objects as a record's values. Also for those who read changes.
public final class Plain {

  private Plain() {}

  /// How a part of a value becomes one.
  @FunctionalInterface
  interface Element {
    @Nullable Object of(@Nullable Object value) throws SQLException;
  }

  /// Null, a text, number or truth value, or a list of such.
  public static @Nullable Object of(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean truth -> truth;
      case Long number -> number;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case Byte number -> number.longValue();
      case BigInteger number -> narrow(number);
      case BigDecimal number -> number;
      // By its text: 0.1 is to stay 0.1.
      case Float number -> of(Double.parseDouble(number.toString()));
      // JSON has neither NaN nor infinity.
      case Double number -> Double.isFinite(number) ? (Object) number : number.toString();
      case LocalDate date -> date.toString();
      case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
      case OffsetTime time -> DateTimeFormatter.ISO_OFFSET_TIME.format(time);
      case LocalDateTime time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
      case Timestamp time -> of(time.toLocalDateTime());
      case OffsetDateTime time ->
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
      case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
      case Blob blob -> of(blob.getBytes(1, Math.toIntExact(blob.length())));
      case Object[] nested -> list(nested, Plain::of);
      default -> value.toString();
    };
  }

  /// @param array an array of objects
  static List<@Nullable Object> list(Object array, Element element) throws SQLException {
    var list = new ArrayList<@Nullable Object>();
    for (Object part : (Object[]) array) {
      list.add(element.of(part));
    }
    return list;
  }

  /// As JSON's numbers are read: a long where it is enough.
  static Number narrow(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }
}
