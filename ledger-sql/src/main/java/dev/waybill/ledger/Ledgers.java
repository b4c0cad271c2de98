package dev.waybill.ledger;

import dev.waybill.UserException;
import dev.waybill.sql.Masking;
import dev.waybill.sql.Migrations;
import dev.waybill.sql.PostgresAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/// Opens ledgers.
public final class Ledgers {

  /// Two letters at least: one is a drive of Windows.
  private static final Pattern OTHER_SCHEME =
      Pattern.compile("(?:jdbc:.*|[A-Za-z][A-Za-z+]+://.*)");

  private static final String SQLITE = "sqlite:";

  private static final Migrations TABLES = new Migrations(Ledgers.class, "schema_version");

  private Ledgers() {}

  /// Opens the ledger at this place, and makes it if it is not there.
  ///
  /// @param place a file, made readable by its owner only, with its directory; or
  ///   `postgresql://user:password@host/database` (or `jdbc:postgresql:…`), whose schema `waybill`
  ///   it uses
  /// @param durability what its commits outlive
  /// @throws UserException if it can not be opened, is no ledger, is damaged, or was written by a
  ///   newer program
  public static Ledger open(String place, Durability durability) {
    return open(place, durability, Clock.systemUTC(), new SystemProcesses());
  }

  static SqlLedger open(String place, Durability durability, Clock clock, ProcessTable processes) {
    Optional<PostgresAddress> postgres = PostgresAddress.of(place);
    if (postgres.isPresent()) {
      try {
        return open(new PostgresDatabase(postgres.get(), durability), clock, processes);
      } catch (SQLException e) {
        throw PostgresDatabase.explain(postgres.get(), e);
      }
    }
    Path file = path(place);
    SqliteFile.prepare(file);
    try {
      return open(new SqliteDatabase(file, durability), clock, processes);
    } catch (SQLException e) {
      throw SqliteDatabase.explain(file, e);
    }
  }

  private static Path path(String place) {
    String path = place.startsWith(SQLITE) ? place.substring(SQLITE.length()) : place;
    if (OTHER_SCHEME.matcher(path).matches()) {
      throw new UserException(
          "the ledger can not be kept in %s; name a file, or postgresql://…"
              .formatted(Masking.mask(place)));
    }
    try {
      return Path.of(path).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new UserException("the ledger's place is no name of a file: %s".formatted(path), e);
    }
  }

  private static SqlLedger open(Database database, Clock clock, ProcessTable processes)
      throws SQLException {
    try (Connection connection = database.connect()) {
      Clock agreed = database.clock(connection, clock);
      TABLES.apply(database.schema(), connection, agreed.instant());
      return new SqlLedger(database, agreed, processes);
    }
  }
}
