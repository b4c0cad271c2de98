package dev.waybill.mapping.type;

import dev.waybill.mapping.Transformation;
import java.util.Locale;

/// `gender`: `male`, `female`, `other` or `not specified`, out of words and initials.
///
/// What is none of these is `not specified`, as the original `dataload.py` has it.
public final class GenderType implements Transformation {

  @Override
  public String name() {
    return "gender";
  }

  @Override
  public Object apply(Object value) {
    return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
      case "male", "m" -> "male";
      case "female", "f" -> "female";
      case "other", "o" -> "other";
      default -> "not specified";
    };
  }
}
