package dev.waybill.mapping.type;

import dev.waybill.mapping.Transformation;
import dev.waybill.mapping.UnfitValueException;
import java.math.BigDecimal;
import java.math.BigInteger;

/// `integer`: a whole number, of any size up to 1,000 digits.
public final class IntegerType implements Transformation {

  /// As many as Jackson reads by default; beyond, parsing costs the square of the length.
  static final int MOST_DIGITS = 1_000;

  @Override
  public String name() {
    return "integer";
  }

  @Override
  public Object apply(Object value) throws UnfitValueException {
    return switch (value) {
      case Long number -> number;
      case Integer number -> number.longValue();
      case BigInteger number -> number;
      case BigDecimal number when isWhole(number) -> narrow(number.toBigIntegerExact());
      case String text -> parse(text.strip());
      default -> throw unfit();
    };
  }

  /// The scale is bounded, so that `1e999999999` does not become a gigabyte of noughts.
  private static boolean isWhole(BigDecimal number) {
    return number.scale() > -MOST_DIGITS && number.stripTrailingZeros().scale() <= 0;
  }

  private static Object parse(String text) throws UnfitValueException {
    try {
      return text.length() <= 18 ? (Object) Long.parseLong(text) : parseLong(text);
    } catch (NumberFormatException e) {
      throw unfit();
    }
  }

  private static Object parseLong(String text) throws UnfitValueException {
    if (text.length() > MOST_DIGITS) {
      throw unfit();
    }
    return narrow(new BigInteger(text));
  }

  private static Object narrow(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : number;
  }

  private static UnfitValueException unfit() {
    return new UnfitValueException("is not a whole number");
  }
}
