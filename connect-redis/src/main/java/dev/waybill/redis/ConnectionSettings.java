package dev.waybill.redis;

import dev.waybill.spi.AddressRule;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the server is reached.
///
/// @param user null for the server's default user
/// @param password null if none is told
/// @param authority PEM file with the certificates that are trusted; null for Java's own
/// @param anyCertificate whether any is trusted
/// @param timeout for the answer to a batch
/// @param connections the most at a time
record ConnectionSettings(
    @Nullable String user,
    @Nullable String password,
    @Nullable Path authority,
    boolean anyCertificate,
    Duration connectTimeout,
    Duration timeout,
    int connections,
    AddressRule addresses) {

  static final List<Option> OPTIONS =
      List.of(
          Option.of("user", null, "the user; unless set, that of the address"),
          Option.secret("password", "the password; unless set, that of the address"),
          Option.of(
              "ca-file", null, "PEM file with the certificates to trust instead of Java's own"),
          Option.of("insecure", "false", "trust any certificate; for tests only"),
          Option.of("connect-timeout", "10s", "how long to wait for a connection"),
          Option.of("timeout", "30s", "how long to wait for the answer to a batch"),
          Option.of("connections", "8", "the most connections, and so calls, at the same time"));

  static ConnectionSettings from(Address address, Options options) {
    String file = options.text("ca-file");
    boolean any = options.enabled("insecure");
    if (any && file != null) {
      throw options.bad("ca-file", "has no effect where insecure is on; leave one of them out");
    }
    if (file != null && !address.secure()) {
      throw options.bad("ca-file", "is for TLS: write rediss:// in the address");
    }
    String user = options.has("user") ? options.required("user") : address.user();
    String password = options.has("password") ? options.required("password") : address.password();
    if (user != null && password == null) {
      throw options.bad("user", "needs the option password beside it");
    }
    return new ConnectionSettings(
        user,
        password,
        file == null ? null : Path.of(file),
        any,
        positive(options, "connect-timeout"),
        positive(options, "timeout"),
        options.integer("connections", 1, 1_000),
        options.permits().addresses());
  }

  private static Duration positive(Options options, String name) {
    Duration duration = options.duration(name);
    if (duration.isZero() || duration.toMillis() > Integer.MAX_VALUE) {
      throw options.bad(name, "takes a length of time above zero and below 24 days");
    }
    return duration;
  }
}
