package dev.waybill.cli;

import dev.waybill.flow.job.Masked;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.store.Store;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the service keeps what it keeps.
final class ServiceFlags {

  private static final String DATA = "WAYBILL_DATA";
  private static final String DATABASE = "WAYBILL_DATABASE";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The service's data directory (default: $WAYBILL_DATA, else ~/.local/share/waybill).")
  private @Nullable Path data;

  @Option(
      names = "--database",
      paramLabel = "PLACE",
      description =
          "The service's database: a file, or postgresql://USER@HOST/DATABASE (default:"
              + " $WAYBILL_DATABASE, else service.db in the data directory).")
  private @Nullable String database;

  /// The data directory, which need not be there yet.
  Path data() {
    Map<String, String> environment = System.getenv();
    if (data != null) {
      return data;
    }
    String named = environment.getOrDefault(DATA, "");
    if (!named.isBlank()) {
      return Path.of(named);
    }
    // https://specifications.freedesktop.org/basedir-spec
    String shared = environment.getOrDefault("XDG_DATA_HOME", "");
    Path home =
        shared.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(shared);
    return home.resolve("waybill");
  }

  /// The database's place.
  String database() {
    if (database != null) {
      return database;
    }
    String named = System.getenv().getOrDefault(DATABASE, "");
    return named.isBlank() ? data().resolve("service.db").toString() : named;
  }

  /// How to name the same place in another command; nothing if that finds it by itself.
  String hint() {
    return (data == null ? "" : " --data " + data)
        + (database == null ? "" : " --database " + Masked.address(database));
  }

  /// Opens the database.
  Store store() {
    return Store.open(database());
  }

  /// Opens the room of who may, as commands need it.
  AccessRoom access(Store store) {
    return AccessRoom.open(
        store, data(), System.getenv(), AccessRoom.Settings.USUAL, store.clock());
  }
}
