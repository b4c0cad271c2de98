package dev.waybill.http;

import dev.waybill.spi.AddressRule;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How connections are made and how long they may take. Every destination on HTTP has the options
/// in [#OPTIONS].
///
/// @param connectTimeout until the connection stands, TLS included
/// @param answerTimeout from the start of a call to the last byte of its answer
/// @param maxConnections most at a time, and so most calls in flight; at least 1
/// @param maxAnswerBytes longest body of an answer, after decompression; a longer one counts as
///   lost
/// @param trust whose certificates are believed
/// @param proxy by which way to go; null for the direct one
/// @param version which HTTP is spoken; a proxy is for HTTP/1.1 only
/// @param addresses which addresses may be connected to, asked after names were looked up; a proxy
///   looks up the others itself, so that it has to be its own guard
public record ConnectionSettings(
    Duration connectTimeout,
    Duration answerTimeout,
    int maxConnections,
    int maxAnswerBytes,
    Trust trust,
    @Nullable Proxy proxy,
    Version version,
    AddressRule addresses) {

  /// Connections to any address.
  public ConnectionSettings(
      Duration connectTimeout,
      Duration answerTimeout,
      int maxConnections,
      int maxAnswerBytes,
      Trust trust,
      @Nullable Proxy proxy,
      Version version) {
    this(
        connectTimeout,
        answerTimeout,
        maxConnections,
        maxAnswerBytes,
        trust,
        proxy,
        version,
        AddressRule.any());
  }

  /// Which HTTP is spoken.
  public enum Version {
    HTTP_1_1,
    /// With `https` the server may still choose HTTP/1.1.
    HTTP_2
  }

  /// Whose certificates are believed.
  public sealed interface Trust {

    /// Those that the Java runtime trusts.
    record Platform() implements Trust {}

    /// Those that the certificates in this PEM file vouch for, and no others.
    record Authorities(Path file) implements Trust {}

    /// Any, for tests: whoever sits on the line can read and change everything.
    record Anyone() implements Trust {}
  }

  /// An HTTP proxy.
  ///
  /// @param user null if it asks for none
  public record Proxy(String host, int port, @Nullable String user, @Nullable String password) {

    /// What it is shown, by the scheme `Basic` (RFC 7617); null if it asks for nothing.
    @Nullable String authorization() {
      return user == null ? null : Auth.basic(user, password == null ? "" : password);
    }

    /// Without the password.
    @Override
    public String toString() {
      return "http://" + host + ":" + port;
    }
  }

  /// The options that [#from] reads.
  public static final List<Option> OPTIONS =
      List.of(
          Option.of("connect-timeout", "10s", "How long a connection may take to come to be."),
          Option.of(
              "answer-timeout",
              "30s",
              "How long a call may take, from its start to the last byte of its answer."),
          Option.of(
              "max-connections", "64", "Most connections, and so most calls, at the same time."),
          Option.of("max-answer-mib", "16", "Longest answer in MiB; a longer one is in doubt."),
          Option.of(
              "ca-file", null, "PEM file with the certificates to trust instead of Java's own."),
          Option.of("insecure", "false", "Trust any certificate. For tests only."),
          Option.of("http-version", "1.1", "HTTP to speak: 1.1 or 2."),
          Option.of("proxy", null, "Proxy to go through: http://HOST:PORT."),
          Option.of("proxy-user", null, "User name for the proxy."),
          Option.secret("proxy-password", "Password for the proxy."));

  /// Ten seconds to connect, thirty for the answer, 64 connections, answers up to 16 MiB.
  public static ConnectionSettings defaults() {
    return new ConnectionSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        64,
        16 << 20,
        new Trust.Platform(),
        null,
        Version.HTTP_1_1);
  }

  /// What the user set.
  ///
  /// @throws dev.waybill.UserException if a value is not what its option takes
  public static ConnectionSettings from(Options options) {
    return new ConnectionSettings(
        positive(options, "connect-timeout"),
        positive(options, "answer-timeout"),
        options.integer("max-connections", 1, 10_000),
        options.integer("max-answer-mib", 1, 1024) << 20,
        trust(options),
        proxy(options),
        version(options),
        options.permits().addresses());
  }

  private static Duration positive(Options options, String name) {
    Duration duration = options.duration(name);
    if (duration.isZero()) {
      throw options.bad(name, "takes a length of time above zero");
    }
    return duration;
  }

  private static Trust trust(Options options) {
    String file = options.text("ca-file");
    if (options.enabled("insecure")) {
      if (file != null) {
        throw options.bad("ca-file", "has no effect where insecure is on; leave one of them out");
      }
      return new Trust.Anyone();
    }
    return file == null ? new Trust.Platform() : new Trust.Authorities(Path.of(file));
  }

  private static Version version(Options options) {
    return switch (options.required("http-version")) {
      case "1.1" -> Version.HTTP_1_1;
      case "2" -> {
        if (options.has("proxy")) {
          throw options.bad("http-version", "must be 1.1 where a proxy is set");
        }
        yield Version.HTTP_2;
      }
      default -> throw options.bad("http-version", "takes 1.1 or 2");
    };
  }

  private static @Nullable Proxy proxy(Options options) {
    String address = options.text("proxy");
    if (address == null) {
      return null;
    }
    try {
      var uri = new URI(address);
      if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
        return new Proxy(
            uri.getHost(),
            uri.getPort() < 0 ? 80 : uri.getPort(),
            options.text("proxy-user"),
            options.text("proxy-password"));
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw options.bad("proxy", "takes http://HOST:PORT, with user and password in options apart");
  }

  /// The same with another total time for a call.
  public ConnectionSettings answerTimeout(Duration timeout) {
    return new ConnectionSettings(
        connectTimeout, timeout, maxConnections, maxAnswerBytes, trust, proxy, version, addresses);
  }

  /// The same in another version of HTTP.
  public ConnectionSettings version(Version other) {
    return new ConnectionSettings(
        connectTimeout,
        answerTimeout,
        maxConnections,
        maxAnswerBytes,
        trust,
        proxy,
        other,
        addresses);
  }

  /// The same with other certificates believed.
  public ConnectionSettings trust(Trust others) {
    return new ConnectionSettings(
        connectTimeout,
        answerTimeout,
        maxConnections,
        maxAnswerBytes,
        others,
        proxy,
        version,
        addresses);
  }

  /// The same with these addresses only.
  public ConnectionSettings addresses(AddressRule rule) {
    return new ConnectionSettings(
        connectTimeout, answerTimeout, maxConnections, maxAnswerBytes, trust, proxy, version, rule);
  }
}
