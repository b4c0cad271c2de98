package dev.waybill.http.preset;

import dev.waybill.http.ConnectionSettings;
import dev.waybill.spi.Option;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The HTTP options that every preset has too: those of the connection, and what a user may want to
/// tighten.
final class Common {

  static final Set<String> NAMES =
      Stream.concat(
              Stream.of("headers", "max-items", "calls-per-second"),
              ConnectionSettings.OPTIONS.stream().map(Option::name))
          .collect(Collectors.toUnmodifiableSet());

  private Common() {}
}
