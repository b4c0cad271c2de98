package dev.waybill.search;

import dev.waybill.UserException;
import dev.waybill.spi.Template;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `elasticsearch://HOST:PORT/INDEX`, `opensearch+https://HOST/PREFIX/INDEX`.
///
/// @param scheme `http` or `https`
/// @param host without the brackets of an IPv6 address
/// @param prefix the path under which the interface stands, such as `/search`; empty if there is
///   none
/// @param index the index's name, with placeholders if each record has its own
record Address(String scheme, String host, int port, String prefix, Template index) {

  static final int DEFAULT_PORT = 9200;

  private static final Pattern FORM =
      Pattern.compile(
          "(?:elasticsearch|opensearch)(?<tls>\\+https)?://(?<user>[^/?#@]*@)?"
              + "(?<host>\\[[0-9a-fA-F:.]+]|[^/?#@:\\[\\]]+)(?::(?<port>\\d{1,5}))?"
              + "(?<path>/[^?#]*)?");

  /// @param name what the records are called, for an address that names no index; null if nothing
  /// @throws UserException if the address is none
  static Address parse(String text, @Nullable String name) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new UserException(
          "'%s' is no address of an index: write elasticsearch://HOST:9200/INDEX, or"
                  .formatted(text)
              + " elasticsearch+https:// for TLS, and give settings as options");
    }
    if (match.group("user") != null) {
      throw new UserException(
          "the address must not hold a user and password: give them by --option user=NAME and"
              + " --option password=env:NAME, or a key by --option api-key=env:NAME");
    }
    int port = match.group("port") == null ? DEFAULT_PORT : Integer.parseInt(match.group("port"));
    if (port < 1 || port > 65_535) {
      throw new UserException("the port " + port + " in '" + text + "' is none: it is 1 to 65535");
    }
    String path = match.group("path") == null ? "" : match.group("path").replaceAll("/+$", "");
    int slash = path.lastIndexOf('/');
    String host = match.group("host");
    return new Address(
        match.group("tls") == null ? "http" : "https",
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port,
        slash <= 0 ? "" : path.substring(0, slash),
        index(text, path.substring(slash + 1), name));
  }

  private static Template index(String address, String given, @Nullable String name) {
    if (given.isEmpty() && name != null && IndexName.fault(name) == null) {
      return Template.of(name);
    }
    if (given.isEmpty()) {
      throw new UserException(
          "the address '" + address + "' names no index: write it behind a slash, /INDEX");
    }
    Template index = Template.of(given);
    String fault = IndexName.fault(index.sample("x"));
    if (fault != null) {
      throw new UserException("the index '" + given + "' " + fault + ": name another");
    }
    return index;
  }

  /// `http://HOST:PORT`, for messages and for the client.
  String base() {
    return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
