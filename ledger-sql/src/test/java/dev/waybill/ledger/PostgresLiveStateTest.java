package dev.waybill.ledger;

import java.sql.SQLException;

/// Live flows on PostgreSQL.
final class PostgresLiveStateTest extends LiveStateContract {

  @Override
  String place() throws SQLException {
    PostgresServer.empty();
    return PostgresServer.address();
  }
}
