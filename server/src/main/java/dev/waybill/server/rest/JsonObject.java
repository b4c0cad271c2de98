package dev.waybill.server.rest;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A JSON object that can be changed: what came in, and what goes out. For one thread.
///
/// Values are null, texts, booleans, numbers, lists and maps of such; never [Fields].
final class JsonObject {

  private final Map<String, @Nullable Object> members;

  private JsonObject(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  static JsonObject empty() {
    return new JsonObject(new LinkedHashMap<>());
  }

  /// Over the same members: what is changed here is changed there.
  static JsonObject over(Map<String, @Nullable Object> members) {
    return new JsonObject(members);
  }

  /// Reads what we have kept ourselves.
  static JsonObject kept(String text) {
    return new JsonObject(map(Json.read(text), "what is kept"));
  }

  /// Reads a request's body.
  ///
  /// @throws ApiProblem if it is none
  static JsonObject body(byte[] utf8) {
    return new JsonObject(map(value(utf8), "The request's body"));
  }

  /// Reads any JSON from a request's body.
  ///
  /// @throws ApiProblem if it is none
  static @Nullable Object value(byte[] utf8) {
    if (utf8.length == 0) {
      throw ApiProblem.emptyBody();
    }
    try {
      return plain(Json.read(utf8));
    } catch (JacksonException e) {
      throw ApiProblem.invalid(
          "The request's body is no JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + ".");
    }
  }

  /// The same with maps in place of [Fields].
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
        var plain = new ArrayList<@Nullable Object>(list.size());
        list.forEach(element -> plain.add(plain(element)));
        yield plain;
      }
      case Map<?, ?> map -> {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, element) -> plain.put(String.valueOf(name), plain(element)));
        yield plain;
      }
      case null, default -> value;
    };
  }

  private static Map<String, @Nullable Object> map(@Nullable Object value, String what) {
    if (plain(value) instanceof Map<?, ?> map) {
      var members = new LinkedHashMap<String, @Nullable Object>();
      map.forEach((name, element) -> members.put(String.valueOf(name), element));
      return members;
    }
    throw ApiProblem.invalid(what + " takes a JSON object.");
  }

  /// A copy that shares nothing.
  JsonObject copy() {
    return new JsonObject(map(members, "a copy"));
  }

  Map<String, @Nullable Object> members() {
    return members;
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  /// Sets a member, unless the value is null.
  JsonObject put(String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value instanceof JsonObject object ? object.members : value);
    }
    return this;
  }

  JsonObject remove(String... names) {
    for (String name : names) {
      members.remove(name);
    }
    return this;
  }

  @Nullable Object get(String name) {
    return members.get(name);
  }

  /// A text; a number or boolean as its text; null if there is none.
  @Nullable String text(String name) {
    return switch (members.get(name)) {
      case null -> null;
      case String text -> text;
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> throw ApiProblem.invalid("'" + name + "' takes a text.");
    };
  }

  String required(String name) {
    String text = text(name);
    if (text == null || text.isBlank()) {
      throw ApiProblem.invalid("'" + name + "' is missing: give it a text.");
    }
    return text;
  }

  /// An object, itself and no copy; null if there is none.
  @SuppressWarnings("unchecked") // All maps in here have texts as keys.
  @Nullable JsonObject object(String name) {
    return switch (members.get(name)) {
      case null -> null;
      case Map<?, ?> map -> new JsonObject((Map<String, @Nullable Object>) map);
      default -> throw ApiProblem.invalid("'" + name + "' takes a JSON object.");
    };
  }

  /// A list of texts; empty if there is none.
  List<String> texts(String name) {
    return switch (members.get(name)) {
      case null -> List.of();
      case List<?> list -> list.stream().map(element -> element(name, element)).toList();
      default -> throw ApiProblem.invalid("'" + name + "' takes a list of texts.");
    };
  }

  private static String element(String name, @Nullable Object element) {
    if (element instanceof String text) {
      return text;
    }
    throw ApiProblem.invalid("'" + name + "' takes a list of texts.");
  }

  /// A list of objects; empty if there is none.
  List<JsonObject> objects(String name) {
    return switch (members.get(name)) {
      case null -> List.of();
      case List<?> list ->
          list.stream()
              .map(element -> new JsonObject(map(element, "Each of '" + name + "'")))
              .toList();
      default -> throw ApiProblem.invalid("'" + name + "' takes a list of objects.");
    };
  }

  @Override
  public String toString() {
    return Json.text(members);
  }
}
