package dev.waybill.mapping.type;

import dev.waybill.mapping.Transformation;
import dev.waybill.mapping.UnfitValueException;
import java.util.Locale;

/// `boolean`: true, t, yes, y, on, 1 or their contraries, in any case.
public final class BooleanType implements Transformation {

  @Override
  public String name() {
    return "boolean";
  }

  @Override
  public Object apply(Object value) throws UnfitValueException {
    if (value instanceof Boolean) {
      return value;
    }
    return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw new UnfitValueException("is neither true nor false (yes, no, t, f, 1, 0)");
    };
  }
}
