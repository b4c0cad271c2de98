package dev.waybill.ledger;

import java.sql.SQLException;

/// The keys of flows on PostgreSQL.
final class PostgresFlowStateTest extends FlowStateContract {

  @Override
  String place() throws SQLException {
    PostgresServer.empty();
    return PostgresServer.address();
  }
}
