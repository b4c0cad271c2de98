package dev.waybill.server.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Changes a JSON object as RFC 6902 has it, by pointers as RFC 6901 has them. Operations may be
/// written in capitals too, as the API that we equal does.
final class JsonPatch {

  private static final int MOST_OPERATIONS = 200;

  private JsonPatch() {}

  /// Changes `target` in place; if an operation fails, some of it may be changed.
  ///
  /// @param patch the request's body
  /// @throws ApiProblem if the patch is none or does not fit
  static void apply(@Nullable Object patch, JsonObject target) {
    if (!(patch instanceof List<?> operations)) {
      throw ApiProblem.patchFailed("a patch is a JSON array of operations (RFC 6902).");
    }
    if (operations.size() > MOST_OPERATIONS) {
      throw ApiProblem.patchFailed("a patch takes up to " + MOST_OPERATIONS + " operations.");
    }
    for (Object operation : operations) {
      if (!(operation instanceof Map<?, ?> map)) {
        throw ApiProblem.patchFailed("an operation is an object with op, path and value.");
      }
      one(map, target);
    }
  }

  private static void one(Map<?, ?> operation, JsonObject target) {
    String op = String.valueOf(operation.get("op")).toLowerCase(Locale.ROOT);
    List<String> path = pointer(operation.get("path"), "path");
    switch (op) {
      case "add" -> add(target, path, JsonObject.plain(operation.get("value")), operation);
      case "replace" -> {
        take(target, path);
        add(target, path, JsonObject.plain(operation.get("value")), operation);
      }
      case "remove" -> take(target, path);
      case "move" -> {
        List<String> from = pointer(operation.get("from"), "from");
        if (path.size() > from.size() && path.subList(0, from.size()).equals(from)) {
          throw ApiProblem.patchFailed("nothing can be moved into itself.");
        }
        put(target, path, take(target, from));
      }
      case "copy" ->
          put(target, path, JsonObject.plain(find(target, pointer(operation.get("from"), "from"))));
      case "test" -> {
        if (!Objects.equals(find(target, path), operation.get("value"))) {
          throw ApiProblem.patchFailed(
              "the test of '" + operation.get("path") + "' found another value.");
        }
      }
      default -> throw ApiProblem.badPatchOperation(String.valueOf(operation.get("op")));
    }
  }

  private static void add(
      JsonObject target, List<String> path, @Nullable Object value, Map<?, ?> operation) {
    if (!operation.containsKey("value")) {
      throw ApiProblem.patchFailed(
          "the operation on '" + operation.get("path") + "' has no value.");
    }
    put(target, path, value);
  }

  private static List<String> pointer(@Nullable Object text, String name) {
    if (!(text instanceof String pointer) || !pointer.startsWith("/") || pointer.length() > 500) {
      throw ApiProblem.patchFailed(
          "'" + name + "' is a JSON pointer such as /name, not " + text + ".");
    }
    var path = new ArrayList<String>();
    for (String part : pointer.substring(1).split("/", -1)) {
      path.add(part.replace("~1", "/").replace("~0", "~"));
    }
    return path;
  }

  private static @Nullable Object find(JsonObject target, List<String> path) {
    Object value = target.members();
    for (String part : path) {
      value =
          switch (value) {
            case Map<?, ?> map when map.containsKey(part) -> map.get(part);
            case List<?> list -> list.get(index(part, list.size() - 1, path));
            case null, default -> throw missing(path);
          };
    }
    return value;
  }

  private static @Nullable Object parent(JsonObject target, List<String> path) {
    return find(target, path.subList(0, path.size() - 1));
  }

  @SuppressWarnings("unchecked") // JsonObject holds only maps and lists that can be changed.
  private static void put(JsonObject target, List<String> path, @Nullable Object value) {
    String last = path.getLast();
    switch (parent(target, path)) {
      case Map<?, ?> map -> ((Map<String, @Nullable Object>) map).put(last, value);
      case List<?> list ->
          ((List<@Nullable Object>) list)
              .add(last.equals("-") ? list.size() : index(last, list.size(), path), value);
      case null, default -> throw missing(path);
    }
  }

  private static @Nullable Object take(JsonObject target, List<String> path) {
    String last = path.getLast();
    return switch (parent(target, path)) {
      case Map<?, ?> map when map.containsKey(last) -> map.remove(last);
      case List<?> list -> list.remove(index(last, list.size() - 1, path));
      case null, default -> throw missing(path);
    };
  }

  private static int index(String text, int most, List<String> path) {
    if (text.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw missing(path);
  }

  private static ApiProblem missing(List<String> path) {
    return ApiProblem.patchFailed("Missing field \"/" + String.join("/", path) + "\".");
  }
}
