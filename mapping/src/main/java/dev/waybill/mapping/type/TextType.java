package dev.waybill.mapping.type;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import dev.waybill.mapping.Transformation;
import java.util.List;

/// `text`: any value as text; lists and nested records as JSON.
public final class TextType implements Transformation {

  @Override
  public String name() {
    return "text";
  }

  @Override
  public Object apply(Object value) {
    return value instanceof Fields || value instanceof List ? Json.text(value) : value.toString();
  }
}
