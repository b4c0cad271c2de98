package dev.waybill.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads keys as a mapping makes them: that of one field as it is; of several, joined by bars.
public final class KeyText {

  private KeyText() {}

  /// The texts of a key's fields; null for one that has no value.
  ///
  /// @param fields how many fields make up the key
  /// @throws IllegalArgumentException if the key has not so many
  public static List<@Nullable String> parts(String key, int fields) {
    var parts = new ArrayList<@Nullable String>(fields);
    if (fields == 1) {
      parts.add(key);
      return parts;
    }
    var part = new StringBuilder();
    boolean none = false;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '\\') {
        char escaped = key.charAt(++i);
        none |= escaped == 'N';
        part.append(escaped);
      } else if (c == '|') {
        parts.add(none ? null : part.toString());
        part.setLength(0);
        none = false;
      } else {
        part.append(c);
      }
    }
    parts.add(none ? null : part.toString());
    if (parts.size() != fields) {
      throw new IllegalArgumentException(key + " is no key of " + fields + " fields");
    }
    return parts;
  }
}
