package dev.waybill.mapping.type;

import dev.waybill.mapping.Transformation;
import dev.waybill.mapping.UnfitValueException;
import java.util.List;

/// `plural`: a JSON array in the cell becomes a list; an empty cell an empty list.
public final class PluralType implements Transformation {

  @Override
  public String name() {
    return "plural";
  }

  @Override
  public Object apply(Object value) throws UnfitValueException {
    Object read = value instanceof String text ? JsonType.read(text) : value;
    if (read instanceof List<?> list) {
      return list;
    }
    throw new UnfitValueException("is not a JSON array such as [\"a\", \"b\"]");
  }

  @Override
  public Object whenEmpty() {
    return List.of();
  }
}
