package dev.waybill.sql;

import dev.waybill.UserException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/// Where [Migrations] makes tables: one file of SQLite, or one schema of PostgreSQL.
public interface Schema {

  /// What stands in scripts as `${word}`, because the databases call it differently: `identity`,
  /// `integer`, `bytes`, `clustered`.
  Map<String, String> words();

  /// The names of the tables that are there.
  Set<String> tables(Connection connection) throws SQLException;

  /// Waits until no other process changes the tables; to the end of the transaction.
  void lock(Connection connection) throws SQLException;

  /// To be thrown if the tables that are there are of somebody else.
  UserException foreign();

  /// To be thrown if they were made by a newer program.
  UserException newer(int version, int known);
}
