package dev.waybill.mapping;

import dev.waybill.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A map as a YAML or JSON library makes it, read with complaints that say where.
final class Tree {

  private final String where;
  private final Map<String, ? extends @Nullable Object> map;

  Tree(String where, Map<String, ? extends @Nullable Object> map, List<String> known) {
    this.where = where;
    this.map = map;
    for (String key : map.keySet()) {
      if (!known.contains(key)) {
        throw new UserException(
            "%s has '%s', which there is not%s; there are %s"
                .formatted(where, key, Nearest.suggestion(key, known), String.join(", ", known)));
      }
    }
  }

  static Map<String, @Nullable Object> keyed(String where, Map<?, ?> map) {
    var keyed = new LinkedHashMap<String, @Nullable Object>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
            throw new UserException(where + " has a name that is no text: " + key);
          }
          keyed.put(key.toString(), value);
        });
    return keyed;
  }

  String where() {
    return where;
  }

  boolean has(String key) {
    return map.containsKey(key);
  }

  @Nullable Object value(String key) {
    return map.get(key);
  }

  Map<String, @Nullable Object> map(String key) {
    return switch (map.get(key)) {
      case null -> Map.of();
      case Map<?, ?> nested -> keyed(where, nested);
      default -> throw wrong(key, "takes a map");
    };
  }

  @Nullable String text(String key) {
    return switch (map.get(key)) {
      case null -> null;
      case String text -> text;
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> throw wrong(key, "takes a text");
    };
  }

  /// One text or a list of them.
  List<String> texts(String key) {
    if (!(map.get(key) instanceof List<?> list)) {
      String text = text(key);
      return text == null ? List.of() : List.of(text);
    }
    var texts = new ArrayList<String>();
    for (Object element : list) {
      switch (element) {
        case String text -> texts.add(text);
        case Number number -> texts.add(number.toString());
        case null, default -> throw wrong(key, "takes a text or a list of texts");
      }
    }
    return texts;
  }

  @Nullable Boolean flag(String key) {
    return switch (map.get(key)) {
      case null -> null;
      case Boolean truth -> truth;
      default -> throw wrong(key, "takes true or false");
    };
  }

  int count(String key) {
    return switch (map.get(key)) {
      case null -> 0;
      case Integer number when number > 0 -> number;
      case Long number when number > 0 && number <= Integer.MAX_VALUE -> number.intValue();
      default -> throw wrong(key, "takes a whole number above 0");
    };
  }

  <E extends Enum<E>> E choice(String key, E usual, E other, String usualName, String otherName) {
    String text = text(key);
    if (text == null || text.equals(usualName)) {
      return usual;
    }
    if (text.equals(otherName)) {
      return other;
    }
    throw wrong(key, "takes " + usualName + " or " + otherName);
  }

  private UserException wrong(String key, String rule) {
    return new UserException(where + ": '" + key + "' " + rule + ", not " + map.get(key));
  }
}
