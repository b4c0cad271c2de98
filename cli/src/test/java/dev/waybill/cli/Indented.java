package dev.waybill.cli;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// JSON as people read it, in the order that its maps have.
final class Indented {

  private Indented() {}

  static String text(@Nullable Object value) {
    return text(value, "\n");
  }

  private static Map<String, @Nullable Object> map(Fields fields) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < fields.size(); i++) {
      map.put(fields.names().name(i), fields.value(i));
    }
    return map;
  }

  private static String text(@Nullable Object value, String newline) {
    String inner = newline + "  ";
    return switch (value) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.entrySet().stream()
              .map(
                  entry ->
                      inner
                          + Json.text(entry.getKey().toString())
                          + ": "
                          + text(entry.getValue(), inner))
              .collect(Collectors.joining(",", "{", newline + "}"));
      case Fields fields -> text(map(fields), newline);
      case List<?> list when list.stream().noneMatch(String.class::isInstance) && !list.isEmpty() ->
          list.stream()
              .map(element -> inner + text(element, inner))
              .collect(Collectors.joining(",", "[", newline + "]"));
      case List<?> list ->
          list.stream()
              .map(element -> text(element, inner))
              .collect(Collectors.joining(", ", "[", "]"));
      case null, default -> Json.text(value);
    };
  }
}
