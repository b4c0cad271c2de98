package dev.waybill.mapping.type;

import dev.waybill.mapping.Transformation;
import dev.waybill.mapping.UnfitValueException;
import java.math.BigDecimal;

/// `number`: a number with a decimal point, kept to its last digit.
public final class NumberType implements Transformation {

  @Override
  public String name() {
    return "number";
  }

  @Override
  public Object apply(Object value) throws UnfitValueException {
    if (value instanceof Number) {
      return value;
    }
    String text = value.toString().strip();
    if (value instanceof String && text.length() <= IntegerType.MOST_DIGITS) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException e) {
        // told below, together with texts too long
      }
    }
    throw new UnfitValueException("is not a number such as 12.5");
  }
}
