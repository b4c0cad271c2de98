package dev.waybill.http;

import dev.waybill.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in a JSON value: a JSON Pointer (RFC 6901) such as `/results/0/id`, with `*` for every
/// element; or the same with dots, `results.0.id`. Empty, or `/` alone, is the whole value.
record Pointer(List<String> segments) {

  static Pointer parse(String text) {
    if (text.isEmpty() || text.equals("/")) {
      return new Pointer(List.of());
    }
    String[] parts =
        text.startsWith("/") ? text.substring(1).split("/", -1) : text.split("\\.", -1);
    return new Pointer(
        Arrays.stream(parts).map(part -> part.replace("~1", "/").replace("~0", "~")).toList());
  }

  /// Several, separated by commas.
  static List<Pointer> list(String text) {
    return all(text.split("\\s*,\\s*", -1));
  }

  static List<Pointer> all(String... texts) {
    return Arrays.stream(texts).map(Pointer::parse).toList();
  }

  boolean isRoot() {
    return segments.isEmpty();
  }

  /// The value at this place; the first, where there are several; null if there is none.
  @Nullable Object find(@Nullable Object root) {
    return findFrom(root, 0);
  }

  /// The same, beginning with the segment at `depth`.
  @Nullable Object findFrom(@Nullable Object value, int depth) {
    List<Object> found = new ArrayList<>(1);
    collect(value, depth, found);
    return found.isEmpty() ? null : found.getFirst();
  }

  /// All values at this place, in order, without nulls.
  List<Object> findAll(@Nullable Object root) {
    return findAllFrom(root, 0);
  }

  /// The same, beginning with the segment at `depth`.
  List<Object> findAllFrom(@Nullable Object value, int depth) {
    List<Object> found = new ArrayList<>();
    collect(value, depth, found);
    return found;
  }

  private void collect(@Nullable Object value, int depth, List<Object> found) {
    if (value == null) {
      return;
    }
    if (depth == segments.size()) {
      found.add(value);
      return;
    }
    String segment = segments.get(depth);
    switch (value) {
      case Fields fields -> collect(fields.get(segment), depth + 1, found);
      case List<?> list when segment.equals("*") ->
          list.forEach(element -> collect(element, depth + 1, found));
      case List<?> list -> {
        int index = index(segment);
        if (index >= 0 && index < list.size()) {
          collect(list.get(index), depth + 1, found);
        }
      }
      default -> {
        // a plain value has nothing inside
      }
    }
  }

  private static int index(String segment) {
    try {
      return Integer.parseInt(segment);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }
}
