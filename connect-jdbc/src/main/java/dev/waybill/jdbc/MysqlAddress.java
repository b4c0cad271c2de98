package dev.waybill.jdbc;

import dev.waybill.UserException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a MySQL or MariaDB database is, and who asks.
///
/// @param host with the port behind a colon, if one was given
/// @param parameters those of the driver, by name
record MysqlAddress(
    String host,
    String database,
    @Nullable String user,
    @Nullable String password,
    Map<String, String> parameters) {

  /// The driver's parameters that say how a connection is made safe. Others of its hundred read
  /// files, run statements or load classes, none of which is an address's to say.
  private static final List<String> KNOWN =
      List.of("sslMode", "serverSslCert", "allowPublicKeyRetrieval");

  private static final List<String> SCHEMES = List.of("mysql://", "mariadb://");

  static boolean recognizes(String address) {
    String rest = withoutJdbc(address);
    return SCHEMES.stream().anyMatch(rest::startsWith);
  }

  private static String withoutJdbc(String address) {
    return address.startsWith("jdbc:") ? address.substring("jdbc:".length()) : address;
  }

  /// Reads `mysql://user:password@host:port/database?sslMode=verify-full`, the same with
  /// `mariadb://`, or a JDBC address.
  static MysqlAddress parse(String address) {
    if (!recognizes(address)) {
      throw new UserException("The address must read mysql://USER@HOST:PORT/DATABASE");
    }
    String rest = withoutJdbc(address);
    String place = rest.substring(rest.indexOf("://") + "://".length());
    int question = place.indexOf('?');
    String parameters = question < 0 ? "" : place.substring(question + 1);
    place = question < 0 ? place : place.substring(0, question);
    int at = place.lastIndexOf('@');
    String who = at < 0 ? "" : place.substring(0, at);
    place = place.substring(at + 1);
    int slash = place.indexOf('/');
    String host = slash < 0 ? place : place.substring(0, slash);
    String database = slash < 0 ? "" : decoded(place.substring(slash + 1));
    if (database.isEmpty()) {
      throw new UserException("The address names no database: mysql://USER@HOST:PORT/DATABASE");
    }
    if (host.contains(",")) {
      throw new UserException("The address of a MySQL database names one host, not " + host);
    }
    int colon = who.indexOf(':');
    String user = colon < 0 ? who : who.substring(0, colon);
    return new MysqlAddress(
        host.isEmpty() ? "localhost" : host,
        database,
        user.isEmpty() ? null : decoded(user),
        colon < 0 ? null : decoded(who.substring(colon + 1)),
        parameters(parameters));
  }

  private static Map<String, String> parameters(String text) {
    var parameters = new LinkedHashMap<String, String>();
    for (String parameter : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (!KNOWN.contains(name)) {
        throw new UserException(
            "The address of a MySQL database takes the parameters "
                + String.join(", ", KNOWN)
                + ", not '"
                + name
                + "'");
      }
      parameters.put(name, equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "User, password and database of a mysql address write a % as %25, an @ as %40 and a / as"
              + " %2F",
          e);
    }
  }

  /// As messages show it: `shop at db.example.org:3306`.
  String shown() {
    return database + " at " + host;
  }

  /// As the driver takes it.
  String url() {
    return "jdbc:mariadb://" + host + "/" + database;
  }

  /// Without the password.
  @Override
  public String toString() {
    return shown();
  }
}
