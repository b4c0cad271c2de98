package dev.waybill.mapping;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as Java's own collections, and as a record has them.
final class Values {

  private Values() {}

  /// A value from a job file as a record has it.
  ///
  /// @throws UserException if it is of a type that no record has, such as YAML's dates
  static @Nullable Object of(String where, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean truth -> truth;
      case Number number -> number;
      case Fields fields -> fields;
      case List<?> list -> {
        var elements = new ArrayList<@Nullable Object>();
        list.forEach(element -> elements.add(of(where, element)));
        yield elements;
      }
      case Map<?, ?> map -> {
        var members = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, member) -> members.put(String.valueOf(name), of(where, member)));
        yield Fields.of(FieldNames.of(members.keySet()), members.values().toArray());
      }
      default ->
          throw new UserException(
              where + " is neither text, number, truth value, list nor map; put it in quotes");
    };
  }

  /// A record's value as Java's own collections.
  static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Fields fields -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < fields.size(); i++) {
          map.put(fields.names().name(i), plain(fields.value(i)));
        }
        yield map;
      }
      case List<?> list -> {
        var elements = new ArrayList<@Nullable Object>(list.size());
        for (Object element : list) {
          elements.add(plain(element));
        }
        yield elements;
      }
      case null, default -> value;
    };
  }
}
