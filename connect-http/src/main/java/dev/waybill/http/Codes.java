package dev.waybill.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Some of an API's codes: whole ones, and beginnings as in `rate_*`. `*` is any code.
final class Codes {

  private final Set<String> whole = new HashSet<>();
  private final List<String> beginnings;

  Codes(List<String> patterns) {
    beginnings =
        patterns.stream()
            .filter(pattern -> pattern.endsWith("*"))
            .map(pattern -> pattern.substring(0, pattern.length() - 1))
            .toList();
    patterns.stream().filter(pattern -> !pattern.endsWith("*")).forEach(whole::add);
  }

  boolean contains(@Nullable String code) {
    if (code == null) {
      return false;
    }
    if (whole.contains(code)) {
      return true;
    }
    for (String beginning : beginnings) {
      if (code.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
