package dev.waybill.mapping;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a record's key.
///
/// A key of one field is its text. In a key of several they are joined by `|`, with `\|` for a bar
/// and `\\` for a backslash in a value and `\N` for none, so that no two records share a key by
/// accident.
record Key(List<Part> parts) {

  /// One field of the key.
  ///
  /// @param cell the column that it is, or that it is made from; null if it comes from no one
  ///   column
  /// @param path where it stands in the mapped record; empty if it is the column as it is
  record Part(@Nullable Cell cell, List<String> path) {

    @Nullable Object read(Fields source, @Nullable Fields mapped) {
      if (mapped == null || path.isEmpty()) {
        return cell == null ? null : cell.from(source);
      }
      Object value = mapped;
      for (String name : path) {
        value = value instanceof Fields nested ? nested.get(name) : null;
      }
      return value;
    }
  }

  /// The key; null if none of its fields has a value.
  ///
  /// @param mapped what the mapping made; null if it could not, and the source's own cells have to
  ///   do
  @Nullable String of(Fields source, @Nullable Fields mapped) {
    if (parts.size() == 1) {
      return text(parts.getFirst().read(source, mapped));
    }
    var key = new StringBuilder();
    boolean any = false;
    for (int i = 0; i < parts.size(); i++) {
      String text = text(parts.get(i).read(source, mapped));
      any |= text != null;
      key.append(i == 0 ? "" : "|")
          .append(text == null ? "\\N" : text.replace("\\", "\\\\").replace("|", "\\|"));
    }
    return any ? key.toString() : null;
  }

  private static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text.isEmpty() ? null : text;
      case Fields fields -> Json.text(fields);
      case List<?> list -> Json.text(list);
      default -> value.toString();
    };
  }
}
