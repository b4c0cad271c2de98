package dev.waybill.ledger;

import dev.waybill.UserException;
import dev.waybill.sql.Schema;
import dev.waybill.sql.SqliteSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One file of SQLite, with a write-ahead log (https://sqlite.org/wal.html).
final class SqliteDatabase implements Database {

  /// How long to wait for another process's transaction, in milliseconds. They are short.
  private static final int BUSY_MILLIS = 10_000;

  /// After so many pages of 4 KiB the log is brought into the file, which waits for the disk. Four
  /// times SQLite's own value: it costs a crashed run a few milliseconds to read so long a log.
  private static final int LOG_PAGES = 4_000;

  /// The same where keys are written: each transaction changes a thousand pages anywhere in their
  /// table, so that a short log would be brought into the file after every few of them, with a wait
  /// for the disk, and a long one brings each page but once for many changes. 128 MiB.
  private static final int LOG_PAGES_OF_KEYS = 32_000;

  /// The memory, in KiB, for pages that a transaction has changed. With SQLite's own 2 MiB it would
  /// write them out and read them again in its midst.
  private static final int CACHE_OF_KEYS = 32_768;

  /// What a log that once grew larger, by a reader that took long, is cut back to, in bytes.
  private static final int LOG_BYTES = LOG_PAGES << 12;

  /// `WAYB`, by which `file` can tell a ledger from other databases.
  private static final int APPLICATION = 0x57415942;

  private static final long PAUSE_NANOS = 20_000_000;

  private final Path file;
  private final SQLiteConfig config = new SQLiteConfig();

  SqliteDatabase(Path file, Durability durability) throws SQLException {
    this.file = file;
    config.setBusyTimeout(BUSY_MILLIS);
    // The driver begins the next transaction right after each commit. One that takes its lock only
    // when it writes keeps nobody out until then; but its first statement must write, or it could
    // not go on to write if another process did meanwhile.
    config.setTransactionMode(TransactionMode.DEFERRED);
    config.setSynchronous(
        durability == Durability.POWER ? SynchronousMode.FULL : SynchronousMode.NORMAL);
    config.setPragma(Pragma.WAL_AUTOCHECKPOINT, Integer.toString(LOG_PAGES));
    config.setJournalSizeLimit(LOG_BYTES);
    keepLog();
  }

  /// The mode stays with the file. Changing it fails at once, without the wait for others, if
  /// another process opens the new file at the same moment.
  private void keepLog() throws SQLException {
    long giveUpAt = System.nanoTime() + BUSY_MILLIS * 1_000_000L;
    while (true) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        return;
      } catch (SQLiteException e) {
        if (primary(e) != SQLiteErrorCode.SQLITE_BUSY || System.nanoTime() > giveUpAt) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Connection connect() throws SQLException {
    return config.createConnection("jdbc:sqlite:" + file);
  }

  @Override
  public Connection connectToStream() throws SQLException {
    return connect();
  }

  @Override
  public Schema schema() {
    return new SqliteSchema("the ledger", file, APPLICATION);
  }

  @Override
  public ItemRows itemRows(Connection connection, long run) throws SQLException {
    return new SqliteItemRows(connection, run);
  }

  @Override
  public void prepareForKeys(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES_OF_KEYS);
      // Kibibytes are told from pages by the sign.
      statement.execute("PRAGMA cache_size = -" + CACHE_OF_KEYS);
    }
  }

  @Override
  public Clock clock(Connection connection, Clock local) {
    return local;
  }

  @Override
  public UserException explain(SQLException error) {
    return explain(file, error);
  }

  static UserException explain(Path file, SQLException error) {
    return new UserException(sentence(file, error), error);
  }

  private static String sentence(Path file, SQLException error) {
    if (!(error instanceof SQLiteException sqlite)) {
      return "the ledger %s can not be used: %s".formatted(file, error.getMessage());
    }
    return switch (primary(sqlite)) {
      case SQLITE_FULL ->
          "the disk of the ledger %s is full; make room, and resume the run".formatted(file);
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          "the ledger %s can not be written; make it and its directory writable, or name another place"
              .formatted(file);
      case SQLITE_IOERR ->
          "the disk of the ledger %s does not work (%s); mend it, and resume the run"
              .formatted(file, sqlite.getResultCode().name());
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "the ledger %s was locked by another program for more than %d s; end that, and resume the run"
              .formatted(file, BUSY_MILLIS / 1000);
      case SQLITE_NOTADB -> SqliteFile.notALedger(file.toString());
      case SQLITE_CORRUPT -> SqliteFile.damaged(file.toString(), "SQLite calls it malformed");
      default -> "the ledger %s can not be used: %s".formatted(file, sqlite.getMessage());
    };
  }

  /// The lowest eight bits of a result code (https://sqlite.org/rescode.html).
  private static SQLiteErrorCode primary(SQLiteException error) {
    return SQLiteErrorCode.getErrorCode(error.getResultCode().code & 0xff);
  }
}
