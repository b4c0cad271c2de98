package dev.waybill.flow.launch;

import dev.waybill.flow.job.Job;
import dev.waybill.spi.DestinationProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A table's definition that lies beside the data: `contacts.sql` next to `contacts.csv`.
final class TableRules {

  /// The option of SQL destinations that names a script for a missing table.
  private static final String SCHEMA = "schema";

  private static final String TABLE = "table";

  private TableRules() {}

  /// Takes the script as the destination's schema, if there is one, the destination can use it, and
  /// the user neither said how the table is made nor wants another table.
  ///
  /// @return a note for the user
  static Optional<String> beside(
      Job job, DestinationProvider destination, Map<String, String> options) {
    boolean takesScripts =
        destination.options().stream().anyMatch(option -> option.name().equals(SCHEMA));
    boolean decided = options.containsKey(SCHEMA) || options.containsKey("create-table");
    String name = SourceName.of(job.files().getFirst());
    if (!takesScripts
        || decided
        || name == null // a database has no files beside it
        || !options.getOrDefault(TABLE, name).equals(name)) {
      return Optional.empty();
    }
    Path script = Path.of(job.files().getFirst()).resolveSibling(name + ".sql");
    if (!Files.isRegularFile(script)) {
      return Optional.empty();
    }
    options.put(SCHEMA, script.toString());
    return Optional.of("If the table is missing, it is made by " + script + ".");
  }
}
