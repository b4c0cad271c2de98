package dev.waybill.ledger;

import dev.waybill.UserException;
import dev.waybill.sql.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/// What the two databases do differently, all in one place.
interface Database {

  /// The ledger's place as a user would name it, without secrets.
  String name();

  /// A connection that nobody else uses, committing by itself.
  Connection connect() throws SQLException;

  /// A connection for reading many rows little by little.
  Connection connectToStream() throws SQLException;

  /// Where its tables are.
  Schema schema();

  /// Writes rows of items in the way that is fastest here.
  ItemRows itemRows(Connection connection, long run) throws SQLException;

  /// Makes a connection ready to write rows of keys, which lie all over their table.
  default void prepareForKeys(Connection connection) throws SQLException {}

  /// The clock by which all who use this ledger agree.
  Clock clock(Connection connection, Clock local) throws SQLException;

  /// What a user can do about it.
  UserException explain(SQLException error);
}
