package dev.waybill.flow.books;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the ledger is.
public final class LedgerPlace {

  /// The variable that names it.
  public static final String VARIABLE = "WAYBILL_LEDGER";

  private static final String OFF = "off";

  private LedgerPlace() {}

  /// The place that the flag, or else the environment names, or else the usual one (XDG Base
  /// Directory Specification 0.8: data belongs into `~/.local/share`); empty if it is off.
  public static Optional<String> of(@Nullable String flag, Map<String, String> environment) {
    String place = flag == null ? environment.getOrDefault(VARIABLE, "") : flag;
    if (place.equals(OFF)) {
      return Optional.empty();
    }
    return Optional.of(place.isBlank() ? usual(environment).toString() : place);
  }

  private static Path usual(Map<String, String> environment) {
    // The specification lets relative paths in the variable count for nothing.
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path folder =
        data.startsWith("/")
            ? Path.of(data)
            : Path.of(System.getProperty("user.home"), ".local", "share");
    return folder.resolve("waybill").resolve("ledger.db");
  }
}
