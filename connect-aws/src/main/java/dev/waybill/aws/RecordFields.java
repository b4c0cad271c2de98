package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How parts of a request are taken from structured records.
final class RecordFields {

  private RecordFields() {}

  /// The field's text, or the whole record as a JSON object where no field is named.
  static Function<Fields, String> content(@Nullable String field) {
    return field == null
        ? Json::text
        : fields -> {
          Object value = fields.get(field);
          if (value == null) {
            throw new UnfitItemException("the field '" + field + "' is empty");
          }
          return text(value);
        };
  }

  /// The same in UTF-8.
  static Function<Fields, byte[]> bytes(@Nullable String field) {
    if (field == null) {
      return Json::bytes;
    }
    Function<Fields, String> content = content(field);
    return fields -> content.apply(fields).getBytes(UTF_8);
  }

  /// The field's text; null where it is empty or no field is named.
  static Function<Fields, @Nullable String> optional(@Nullable String field) {
    return fields -> {
      Object value = field == null ? null : fields.get(field);
      return value == null || value.equals("") ? null : text(value);
    };
  }

  /// The field's moment, as ISO 8601 with an offset or as milliseconds since 1970; null where it is
  /// empty or no field is named.
  static Function<Fields, @Nullable Instant> time(@Nullable String field) {
    Function<Fields, @Nullable String> text = optional(field);
    return fields -> {
      String value = text.apply(fields);
      return value == null ? null : time(field, value);
    };
  }

  private static Instant time(@Nullable String field, String value) {
    try {
      return value.chars().allMatch(Character::isDigit)
          ? Instant.ofEpochMilli(Long.parseLong(value))
          : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException | NumberFormatException e) {
      throw new UnfitItemException(
          "the field '%s' is no moment such as 2026-01-31T12:00:00Z or 1769860800000: '%s'"
              .formatted(field, value));
    }
  }

  /// Those of the fields that have a value, each as the message attribute that is made of its type
  /// (`Number` or `String`) and its text.
  static <A> Map<String, A> attributes(
      Fields fields, List<String> names, BiFunction<String, String, A> maker) {
    var attributes = new LinkedHashMap<String, A>();
    for (String name : names) {
      Object value = fields.get(name);
      if (value != null && !value.equals("")) {
        attributes.put(
            name, maker.apply(value instanceof Number ? "Number" : "String", text(value)));
      }
    }
    return attributes;
  }

  /// A text as it is, anything else as JSON.
  static String text(Object value) {
    return value instanceof String text ? text : Json.text(value);
  }
}
