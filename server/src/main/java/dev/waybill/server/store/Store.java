package dev.waybill.server.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.UserException;
import dev.waybill.sql.Migrations;
import dev.waybill.sql.PostgresAddress;
import dev.waybill.sql.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The service's database: the file `service.db`, or the schema `waybill_service` of PostgreSQL.
/// Safe for use by many threads, and by many processes.
///
/// Its methods throw [UserException] if the database can not be read or written.
public final class Store implements AutoCloseable {

  /// The one writer of SQLite waits in this program, not in the database's own, coarser way.
  private final HikariDataSource readers;

  private final HikariDataSource writers;
  private final Jdbi reading;
  private final Jdbi writing;
  private final Schema schema;
  private final String name;
  private final Dialect dialect;
  private final Clock clock;

  /// What the databases do differently.
  public enum Dialect {
    SQLITE,
    POSTGRESQL
  }

  Store(
      HikariDataSource readers,
      HikariDataSource writers,
      Schema schema,
      String name,
      Dialect dialect,
      Clock clock) {
    this.readers = readers;
    this.writers = writers;
    this.reading = Jdbi.create(readers);
    this.writing = readers.equals(writers) ? reading : Jdbi.create(writers);
    this.schema = schema;
    this.name = name;
    this.dialect = dialect;
    this.clock = clock;
  }

  /// Opens the database, and makes it if it is not there.
  ///
  /// @param place a file, or `postgresql://user:password@host/database`
  /// @throws UserException if it can not be opened
  public static Store open(String place) {
    Optional<PostgresAddress> postgres = PostgresAddress.of(place);
    return postgres.isPresent()
        ? PostgresStore.open(postgres.get())
        : SqliteStore.open(Path.of(place).toAbsolutePath());
  }

  /// Brings the tables of a room up to date.
  public void make(Migrations tables) {
    try (Connection connection = writers.getConnection()) {
      tables.apply(schema, connection, clock.instant());
    } catch (SQLException e) {
      throw explain(name, e);
    }
  }

  public Dialect dialect() {
    return dialect;
  }

  /// The clock by which all who use this database agree.
  public Clock clock() {
    return clock;
  }

  /// The database's place for people to read, without secrets.
  public String name() {
    return name;
  }

  /// Asks something. Each statement sees the tables as they are when it begins.
  public <R> R read(HandleCallback<R, SQLException> question) {
    try {
      return reading.withHandle(question);
    } catch (SQLException | JdbiException e) {
      throw explain(name, e);
    }
  }

  /// Changes something, in one transaction; it has what was asked in it from others at rest on
  /// SQLite only, so that a change says `WHERE` what it expects.
  public <R> R write(HandleCallback<R, SQLException> change) {
    try {
      return writing.inTransaction(change);
    } catch (SQLException | JdbiException e) {
      throw explain(name, e);
    }
  }

  static UserException explain(String name, Exception error) {
    Throwable cause = error;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return new UserException(
        "the service's database %s can not be used (%s); see that it can be reached, has room and may be written"
            .formatted(name, cause.getMessage()),
        error);
  }

  @Override
  public void close() {
    try (readers;
        writers) {
      // closing is all
    }
  }
}
