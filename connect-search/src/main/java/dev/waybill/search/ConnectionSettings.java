package dev.waybill.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.spi.AddressRule;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the server is reached.
///
/// @param authorization the header `Authorization`; null if none is sent
/// @param authority PEM file with the certificates that are trusted; null for Java's own
/// @param anyCertificate whether any is trusted
/// @param timeout for an answer
/// @param connections the most at a time
record ConnectionSettings(
    @Nullable String authorization,
    @Nullable Path authority,
    boolean anyCertificate,
    Duration connectTimeout,
    Duration timeout,
    int connections,
    boolean compress,
    AddressRule addresses) {

  static final List<Option> OPTIONS =
      List.of(
          Option.of("user", null, "the user, for a password"),
          Option.secret("password", "the user's password"),
          Option.secret("api-key", "an API key: ID:KEY, or both encoded as the server shows them"),
          Option.of(
              "ca-file", null, "PEM file with the certificates to trust instead of Java's own"),
          Option.of("insecure", "false", "trust any certificate; for tests only"),
          Option.of("connect-timeout", "10s", "how long to wait for a connection"),
          Option.of("timeout", "60s", "how long to wait for an answer"),
          Option.of("connections", "16", "the most connections, and so calls, at the same time"),
          Option.of("compress", "false", "whether requests are sent compressed (gzip)"));

  static ConnectionSettings from(Options options) {
    String file = options.text("ca-file");
    boolean any = options.enabled("insecure");
    if (any && file != null) {
      throw options.bad("ca-file", "has no effect where insecure is on; leave one of them out");
    }
    return new ConnectionSettings(
        authorization(options),
        file == null ? null : Path.of(file),
        any,
        positive(options, "connect-timeout"),
        positive(options, "timeout"),
        options.integer("connections", 1, 1_000),
        options.enabled("compress"),
        options.permits().addresses());
  }

  private static @Nullable String authorization(Options options) {
    String key = options.text("api-key");
    if (options.has("user") != options.has("password")) {
      throw options.has("user")
          ? options.bad("user", "needs the option password beside it")
          : options.bad("password", "needs the option user beside it");
    }
    if (key == null) {
      return options.has("user")
          ? "Basic " + base64(options.required("user") + ":" + options.required("password"))
          : null;
    }
    if (options.has("user")) {
      throw options.bad("api-key", "takes the place of user and password; leave one of them out");
    }
    return "ApiKey " + (key.indexOf(':') >= 0 ? base64(key) : key);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static Duration positive(Options options, String name) {
    Duration duration = options.duration(name);
    if (duration.isZero()) {
      throw options.bad(name, "takes a length of time above zero");
    }
    return duration;
  }
}
