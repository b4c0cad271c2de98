package dev.waybill.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.UserException;
import dev.waybill.sql.SqliteSchema;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/// Opens a store in a file of SQLite, with a write-ahead log (https://sqlite.org/wal.html).
final class SqliteStore {

  /// `WAYS`, by which `file` can tell it from other databases.
  private static final int APPLICATION = 0x57415953;

  /// How long to wait for another process's transaction, in milliseconds.
  private static final int BUSY_MILLIS = 10_000;

  /// Readers do not wait for each other, nor for the writer.
  private static final int READERS = 8;

  private SqliteStore() {}

  static Store open(Path file) {
    try {
      prepare(file);
      HikariDataSource writers = pool(file, 1);
      return new Store(
          pool(file, READERS),
          writers,
          new SqliteSchema("the service's database", file, APPLICATION),
          file.toString(),
          Store.Dialect.SQLITE,
          Clock.systemUTC());
    } catch (IOException | RuntimeException e) {
      throw e instanceof UserException known ? known : Store.explain(file.toString(), e);
    }
  }

  private static HikariDataSource pool(Path file, int size) {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    // A transaction here is one that writes: it takes its lock at once, or what it has read could
    // be old by the time it writes.
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.NORMAL);
    config.enforceForeignKeys(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    var pool = new HikariConfig();
    pool.setDataSource(source);
    pool.setPoolName("waybill-service-" + size);
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(1);
    pool.setInitializationFailTimeout(BUSY_MILLIS);
    return new HikariDataSource(pool);
  }

  /// Readable by its owner only.
  private static void prepare(Path file) throws IOException {
    Path directory = file.getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory, permissions(directory, "rwx------"));
    }
    if (!Files.exists(file)) {
      try {
        Files.createFile(file, permissions(file, "rw-------"));
      } catch (FileAlreadyExistsException e) {
        // Another process was faster.
      }
    }
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
