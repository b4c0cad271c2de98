package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;

/// An SQLite file and the settings of connections to it.
final class SqliteSession {

  private enum JournalMode {
    WAL,
    DELETE,
    TRUNCATE,
    PERSIST,
    MEMORY,
    OFF
  }

  private enum Synchronous {
    OFF,
    NORMAL,
    FULL
  }

  private final Path file;
  private final SQLiteConfig config = new SQLiteConfig();
  private final JournalMode journalMode;
  private final Synchronous synchronous;

  SqliteSession(Path file, Options options) {
    this.file = file;
    this.journalMode = options.choice("journal-mode", JournalMode.class);
    this.synchronous = options.choice("synchronous", Synchronous.class);
    config.setBusyTimeout(
        (int) Math.min(Integer.MAX_VALUE, options.duration("busy-timeout").toMillis()));
    config.enforceForeignKeys(options.enabled("foreign-keys"));
  }

  static List<Option> options() {
    return List.of(
        Option.of("busy-timeout", "10s", "how long to wait while another program writes"),
        Option.of("foreign-keys", "true", "whether foreign keys are enforced"),
        Option.of(
            "journal-mode", "wal", "SQLite's journal: wal, delete, truncate, persist, memory, off"),
        Option.of(
            "synchronous",
            "normal",
            "full: a delivered batch outlives a power failure; normal: it outlives a crash of the"
                + " program; off: neither"));
  }

  Path file() {
    return file;
  }

  /// Whether there is something to look at.
  boolean exists() {
    return Files.exists(file);
  }

  /// Looks whether the file can be written, without making it.
  void checkWritable() {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UserException(file + " is a folder, not an SQLite file");
    }
    if (Files.exists(file)) {
      if (!Files.isWritable(file)) {
        throw new UserException("The file " + file + " can not be written; check its permissions");
      }
    } else if (folder == null || !Files.isDirectory(folder)) {
      throw new UserException(
          "The folder " + folder + " for the new file " + file.getFileName() + " does not exist");
    } else if (!Files.isWritable(folder)) {
      throw new UserException(
          "The file " + file + " can not be made: its folder can not be written");
    }
  }

  /// A connection that leaves the file as it is until it is written to.
  Connection connect() throws SQLException {
    return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
  }

  /// A connection to an empty database without a file, to try things in.
  Connection scratch() throws SQLException {
    return config.createConnection("jdbc:sqlite::memory:");
  }

  /// Sets how the file is written. Changes the file.
  void prepare(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("pragma journal_mode=" + journalMode);
      statement.execute("pragma synchronous=" + synchronous);
    }
  }
}
