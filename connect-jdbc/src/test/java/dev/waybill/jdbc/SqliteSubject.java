package dev.waybill.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An SQLite file; it is taken away by somebody who locks it.
final class SqliteSubject extends TableSubject {

  private final Path file;
  private @Nullable Connection lock;

  /// @param mode the destination's mode
  SqliteSubject(String mode) throws SQLException {
    super(new SqliteProvider(), options(mode));
    try {
      file = Files.createTempFile("contract", ".db");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
  }

  private static Map<String, String> options(String mode) {
    var options = new HashMap<String, String>();
    options.put("mode", mode);
    options.put("busy-timeout", "20ms");
    // A lock on a file in WAL mode would not keep readers out.
    options.put("journal-mode", "delete");
    return options;
  }

  @Override
  String address() {
    return "sqlite:" + file;
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @Override
  public FarSide breakDown() throws SQLException {
    Connection connection = connect();
    try (var statement = connection.createStatement()) {
      statement.execute("begin exclusive");
    }
    lock = connection;
    return FarSide.BROKEN;
  }

  @Override
  public void mend() throws SQLException {
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    Files.deleteIfExists(file);
  }
}
