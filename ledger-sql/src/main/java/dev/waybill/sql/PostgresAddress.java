package dev.waybill.sql;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A place in PostgreSQL, as its own tools write it (`postgresql://user:password@host/db`) or as
/// Java does (`jdbc:postgresql://host/db?user=…`).
///
/// @param url for the driver, without user and password
public record PostgresAddress(String url, Optional<String> user, Optional<String> password) {

  private static final Pattern FORM =
      Pattern.compile("(?:jdbc:)?postgres(?:ql)?:(?://(?:([^/@:]*)(?::([^/@]*))?@)?)?(.*)");

  private static final int CONNECT_SECONDS = 10;

  /// Empty if it is no place in PostgreSQL.
  public static Optional<PostgresAddress> of(String place) {
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
  public String masked() {
    return Masking.mask(url.substring("jdbc:".length()));
  }

  /// What the driver is to be told besides the address.
  ///
  /// @param application what the server shows of the connection
  /// @param schema where tables are looked for
  public Properties properties(String application, String schema) {
    var properties = new Properties();
    user.ifPresent(name -> properties.setProperty("user", name));
    password.ifPresent(word -> properties.setProperty("password", word));
    properties.setProperty("ApplicationName", application);
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("currentSchema", schema);
    return properties;
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
