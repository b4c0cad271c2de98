package com.example;

import dev.waybill.mapping.Transformation;
import dev.waybill.mapping.UnfitValueException;

public final class CountryCode implements Transformation {

  @Override
  public String name() {
    return "country-code";
  }

  @Override
  public Object apply(Object value) throws UnfitValueException {
    return switch (value.toString()) {
      case "Canada" -> "CA";
      case "Mexico" -> "MX";
      default -> throw new UnfitValueException("is not a country that we deliver to");
    };
  }
}
