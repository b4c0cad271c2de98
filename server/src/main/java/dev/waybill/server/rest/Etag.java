package dev.waybill.server.rest;

import java.util.Locale;
import java.util.Optional;

/// The version of a thing, in the form that clients of the API know, quotes included:
/// `"1a0037e4-0000-0200-0000-00000003"`.
final class Etag {

  private Etag() {}

  static String of(String id, long version) {
    String hex = "%08x".formatted(id.hashCode());
    return "\"" + hex + "-0000-0200-0000-" + "%08x".formatted(version) + "\"";
  }

  /// Holds `If-Match` against the current version.
  ///
  /// @throws ApiProblem if it is there and does not match
  static void requireMatch(Optional<String> ifMatch, String id, long version) {
    ifMatch.ifPresent(
        given -> {
          if (!matches(given, of(id, version))) {
            throw ApiProblem.versionMismatch(given, id);
          }
        });
  }

  /// RFC 9110, section 13.1.1; clients that leave the quotes away are understood too.
  private static boolean matches(String given, String current) {
    if (given.strip().equals("*")) {
      return true;
    }
    for (String one : given.split(",", -1)) {
      String bare = one.strip().toLowerCase(Locale.ROOT);
      if (bare.equals(current) || ("\"" + bare + "\"").equals(current)) {
        return true;
      }
    }
    return false;
  }
}
