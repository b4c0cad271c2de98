package dev.waybill.http;

import dev.waybill.json.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads of a JSON object only the members at which some pointers begin, and skips the rest: an
/// answer may have a result for each of thousands of records, of which two or three words matter.
final class Members {

  private final Map<String, Integer> slots = new HashMap<>();
  private final boolean whole;

  Members(Collection<Pointer> pointers) {
    whole = pointers.stream().anyMatch(Pointer::isRoot);
    for (Pointer pointer : pointers) {
      if (!pointer.isRoot()) {
        slots.putIfAbsent(pointer.segments().getFirst(), slots.size());
      }
    }
  }

  /// Reads the value whose first token the parser stands on, and stops on its last.
  Found read(JsonParser in) {
    if (whole || in.currentToken() != JsonToken.START_OBJECT) {
      return new Found(Json.readValue(in), null);
    }
    var values = new @Nullable Object[slots.size()];
    while (in.nextToken() != JsonToken.END_OBJECT) {
      Integer slot = slots.get(in.currentName());
      in.nextToken();
      if (slot == null) {
        in.skipChildren();
      } else {
        values[slot] = Json.readValue(in);
      }
    }
    return new Found(null, values);
  }

  /// What was read.
  final class Found {

    private final @Nullable Object value;
    private final @Nullable Object @Nullable [] members;

    private Found(@Nullable Object value, @Nullable Object @Nullable [] members) {
      this.value = value;
      this.members = members;
    }

    /// The value itself, if it was no object.
    @Nullable Object plain() {
      return value;
    }

    boolean isNull() {
      return members == null && value == null;
    }

    /// What stands at one of the pointers.
    @Nullable Object at(Pointer pointer) {
      if (members == null) {
        return pointer.find(value);
      }
      Integer slot = slots.get(pointer.segments().getFirst());
      return slot == null ? null : pointer.findFrom(members[slot], 1);
    }

    /// All that stands at one of the pointers, where it has a `*` in it.
    List<Object> allAt(Pointer pointer) {
      if (members == null) {
        return pointer.findAll(value);
      }
      Integer slot = slots.get(pointer.segments().getFirst());
      return slot == null ? List.of() : pointer.findAllFrom(members[slot], 1);
    }
  }
}
