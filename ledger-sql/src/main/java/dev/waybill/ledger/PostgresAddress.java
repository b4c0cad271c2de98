package dev.waybill.ledger;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A ledger's place in PostgreSQL, as its own tools write it (`postgresql://user:password@host/db`)
/// or as Java does (`jdbc:postgresql://host/db?user=…`).
record PostgresAddress(String url, Optional<String> user, Optional<String> password) {

  private static final Pattern FORM =
      Pattern.compile("(?:jdbc:)?postgres(?:ql)?:(?://(?:([^/@:]*)(?::([^/@]*))?@)?)?(.*)");

  /// Empty if it is no place in PostgreSQL.
  static Optional<PostgresAddress> of(String place) {
    Matcher form = FORM.matcher(place);
    if (!form.matches()) {
      return Optional.empty();
    }
    String slashes = place.contains("://") ? "//" : "";
    return Optional.of(
        new PostgresAddress(
            "jdbc:postgresql:" + slashes + form.group(3),
            Optional.ofNullable(form.group(1)).map(PostgresAddress::decoded),
            Optional.ofNullable(form.group(2)).map(PostgresAddress::decoded)));
  }

  /// For people to read.
  String masked() {
    return Masking.mask(url.substring("jdbc:".length()));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
