package dev.waybill.jdbc;

import dev.waybill.UserException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where a PostgreSQL database is, and who asks.
///
/// @param url as the driver takes it, without user and password
/// @param shown as messages show it: `shop at db.example.org:5432`
record PostgresAddress(String url, @Nullable String user, @Nullable String password, String shown) {

  /// Reads `postgresql://user:password@host:port/database?parameter=value`, the form of libpq, or a
  /// JDBC address. Several hosts may be given, parted by commas.
  static PostgresAddress parse(String address) {
    String rest = address.startsWith("jdbc:") ? address.substring("jdbc:".length()) : address;
    int slashes = rest.indexOf("://");
    String scheme = slashes < 0 ? rest : rest.substring(0, slashes);
    if (slashes < 0 || !(scheme.equals("postgresql") || scheme.equals("postgres"))) {
      throw new UserException(
          "The address must read postgresql://USER@HOST:PORT/DATABASE; for SQLite it is"
              + " sqlite:FILE, and other databases are not served");
    }
    String place = rest.substring(slashes + "://".length());
    int question = place.indexOf('?');
    String parameters = question < 0 ? "" : place.substring(question);
    place = question < 0 ? place : place.substring(0, question);
    int at = place.lastIndexOf('@');
    String who = at < 0 ? "" : place.substring(0, at);
    place = place.substring(at + 1);
    int slash = place.indexOf('/');
    String hosts = slash < 0 ? place : place.substring(0, slash);
    String database = slash < 0 ? "" : place.substring(slash + 1);
    if (database.isEmpty()) {
      throw new UserException(
          "The address names no database: postgresql://USER@HOST:PORT/DATABASE");
    }
    int colon = who.indexOf(':');
    String user = colon < 0 ? who : who.substring(0, colon);
    return new PostgresAddress(
        "jdbc:postgresql://"
            + (hosts.isEmpty() ? "localhost" : hosts)
            + "/"
            + database
            + parameters,
        user.isEmpty() ? null : decoded(user),
        colon < 0 ? null : decoded(who.substring(colon + 1)),
        decoded(database) + " at " + (hosts.isEmpty() ? "localhost" : hosts));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "User, password and database of a postgresql address write a % as %25, an @ as %40 and a"
              + " / as %2F",
          e);
    }
  }

  /// Without the password.
  @Override
  public String toString() {
    return shown;
  }
}
