package dev.waybill.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.UserException;
import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `redis://USER:PASSWORD@HOST:PORT/DATABASE`, `rediss://…` for TLS.
///
/// @param host without the brackets of an IPv6 address
/// @param user null for the server's default user
/// @param password null if none is given
record Address(
    boolean secure,
    String host,
    int port,
    int database,
    @Nullable String user,
    @Nullable String password) {

  static final int DEFAULT_PORT = 6379;

  private static final Pattern FORM =
      Pattern.compile(
          "redis(?<tls>s)?://(?:(?<user>[^/?#@:]*)(?::(?<password>[^/?#@]*))?@)?"
              + "(?<host>\\[[0-9a-fA-F:.]+]|[^/?#@:\\[\\]]+)(?::(?<port>\\d{1,5}))?"
              + "(?:/(?<database>\\d{0,9}))?");

  /// @throws UserException if the text is no address
  static Address parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new UserException(
          "'%s' is no address of a Redis: write redis://HOST:6379/DATABASE, where DATABASE is a"
                  .formatted(text.replaceAll("//[^/@]*@", "//***@"))
              + " number, or rediss:// for TLS, and give settings as options");
    }
    int port = match.group("port") == null ? DEFAULT_PORT : Integer.parseInt(match.group("port"));
    if (port < 1 || port > 65_535) {
      throw new UserException("the port " + port + " is none: it is 1 to 65535");
    }
    String database = match.group("database");
    String host = match.group("host");
    return new Address(
        match.group("tls") != null,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port,
        database == null || database.isEmpty() ? 0 : Integer.parseInt(database),
        decoded(match.group("user")),
        decoded(match.group("password")));
  }

  private static @Nullable String decoded(@Nullable String part) {
    return part == null || part.isEmpty()
        ? null
        : URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
  }

  /// Without user and password.
  @Override
  public String toString() {
    return (secure ? "rediss://" : "redis://")
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + port
        + "/"
        + database;
  }
}
