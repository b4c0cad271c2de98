package dev.waybill.mapping.type;

import dev.waybill.json.Json;
import dev.waybill.mapping.Transformation;
import dev.waybill.mapping.UnfitValueException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// `json`: a JSON text in the cell becomes what it says.
public final class JsonType implements Transformation {

  @Override
  public String name() {
    return "json";
  }

  @Override
  public @Nullable Object apply(Object value) throws UnfitValueException {
    return value instanceof String text ? read(text) : value;
  }

  static @Nullable Object read(String text) throws UnfitValueException {
    try {
      return Json.read(text);
    } catch (JacksonException e) {
      throw new UnfitValueException("is not JSON: " + e.getOriginalMessage());
    }
  }
}
