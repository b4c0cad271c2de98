package dev.waybill.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/// What may name an index, by the Elasticsearch reference, "Create index": path parameters.
final class IndexName {

  private static final String FORBIDDEN = "\\/*?\"<>| ,#:";

  private static final int MOST_BYTES = 255;

  private IndexName() {}

  /// What is wrong with a name, as the end of a sentence that begins with it; null if nothing is.
  static @Nullable String fault(String name) {
    if (name.isEmpty()) {
      return "is empty";
    }
    if (name.indexOf('*') >= 0 || name.indexOf('?') >= 0) {
      return "is a pattern, and records go to one index";
    }
    if (name.indexOf(',') >= 0) {
      return "is several names, and records go to one index";
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (FORBIDDEN.indexOf(c) >= 0) {
        return "has a '" + c + "', which no index's name may have";
      }
      if (Character.isUpperCase(c)) {
        return "has capital letters, which no index's name may have";
      }
    }
    if ("-_+".indexOf(name.charAt(0)) >= 0 || name.equals(".") || name.equals("..")) {
      return "begins with a character with which no index's name may begin";
    }
    return name.getBytes(UTF_8).length > MOST_BYTES ? "is longer than 255 bytes" : null;
  }
}
