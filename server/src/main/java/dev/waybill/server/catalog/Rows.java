package dev.waybill.server.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// What the rows of connections, flows and runs have in common.
final class Rows {

  /// The columns of [#stamp].
  static final String STAMP =
      "version, created_at, updated_at, created_by, updated_by, created_client";

  static final String STAMP_VALUES =
      ":version, :createdAt, :updatedAt, :createdBy, :updatedBy, :createdClient";

  private Rows() {}

  static Stamp stamp(ResultSet row) throws SQLException {
    return new Stamp(
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("updated_at")),
        row.getString("created_by"),
        row.getString("updated_by"),
        row.getString("created_client"));
  }

  static Tenant tenant(ResultSet row) throws SQLException {
    return new Tenant(row.getString("organisation"), row.getString("sandbox"));
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static <S extends SqlStatement<S>> S bind(S statement, Tenant tenant) {
    return statement.bind("organisation", tenant.organisation()).bind("sandbox", tenant.sandbox());
  }

  static <S extends SqlStatement<S>> S bind(S statement, Stamp stamp) {
    return statement
        .bind("version", stamp.version())
        .bind("createdAt", stamp.createdAt().toEpochMilli())
        .bind("updatedAt", stamp.updatedAt().toEpochMilli())
        .bind("createdBy", stamp.createdBy())
        .bind("updatedBy", stamp.updatedBy())
        .bind("createdClient", stamp.createdClient());
  }

  static int flag(boolean set) {
    return set ? 1 : 0;
  }
}
