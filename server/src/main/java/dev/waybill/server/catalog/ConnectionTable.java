package dev.waybill.server.catalog;

import dev.waybill.server.catalog.Listing.Field;
import dev.waybill.server.catalog.Listing.Kind;
import dev.waybill.server.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/// The connections.
final class ConnectionTable {

  private static final String COLUMNS =
      "id, organisation, sandbox, kind, name, description, spec, enabled, document, " + Rows.STAMP;

  private static final String FROM = " FROM connection";

  private static final Listing<SavedConnection> LISTING =
      new Listing<>(
          "connections",
          COLUMNS,
          FROM,
          Map.of(
              "id", new Field("id", Kind.TEXT),
              "name", new Field("name", Kind.TEXT),
              "connectionSpec.id", new Field("spec", Kind.TEXT),
              "state",
                  new Field("CASE enabled WHEN 1 THEN 'enabled' ELSE 'disabled' END", Kind.TEXT),
              "createdAt", new Field("created_at", Kind.TIME),
              "updatedAt", new Field("updated_at", Kind.TIME)),
          ConnectionTable::row);

  private final Store store;

  ConnectionTable(Store store) {
    this.store = store;
  }

  void add(SavedConnection connection) {
    store.write(
        handle ->
            bind(
                    handle.createUpdate(
                        "INSERT INTO connection ("
                            + COLUMNS
                            + ") VALUES (:id, :organisation, :sandbox, :kind, :name, :description,"
                            + " :spec, :enabled, :document, "
                            + Rows.STAMP_VALUES
                            + ")"),
                    connection)
                .execute());
  }

  void change(SavedConnection connection) {
    int changed =
        store.write(
            handle ->
                bind(
                        handle.createUpdate(
                            "UPDATE connection SET name = :name, description = :description,"
                                + " spec = :spec, enabled = :enabled, document = :document,"
                                + " version = :version, updated_at = :updatedAt,"
                                + " updated_by = :updatedBy WHERE id = :id"
                                + " AND version = :version - 1"),
                        connection)
                    .execute());
    fresh(changed, connection);
  }

  void remove(SavedConnection connection) {
    int changed =
        store.write(
            handle ->
                handle
                    .createUpdate("DELETE FROM connection WHERE id = :id AND version = :version")
                    .bind("id", connection.id())
                    .bind("version", connection.stamp().version())
                    .execute());
    fresh(changed, connection);
  }

  private static void fresh(int changed, SavedConnection connection) {
    if (changed == 0) {
      throw new StaleException(
          "The connection "
              + connection.id()
              + " was changed or removed meanwhile; read it again.");
    }
  }

  Optional<SavedConnection> find(Tenant tenant, String id) {
    return store.read(
        handle ->
            Rows.bind(
                    handle.createQuery(
                        "SELECT "
                            + COLUMNS
                            + FROM
                            + " WHERE id = :id AND organisation = :organisation"
                            + " AND sandbox = :sandbox"),
                    tenant)
                .bind("id", id)
                .map(ConnectionTable::row)
                .findOne());
  }

  Page<SavedConnection> list(Tenant tenant, SavedConnection.Kind kind, Query query) {
    return store.read(
        handle ->
            LISTING.page(
                handle,
                query,
                "organisation = ? AND sandbox = ? AND kind = ?",
                List.of(tenant.organisation(), tenant.sandbox(), name(kind))));
  }

  private static Update bind(Update update, SavedConnection connection) {
    Rows.bind(update, connection.tenant());
    Rows.bind(update, connection.stamp());
    return update
        .bind("id", connection.id())
        .bind("kind", name(connection.kind()))
        .bind("name", connection.name())
        .bind("description", connection.description())
        .bind("spec", connection.spec())
        .bind("enabled", Rows.flag(connection.enabled()))
        .bind("document", connection.document());
  }

  private static String name(SavedConnection.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static SavedConnection row(ResultSet row, StatementContext context) throws SQLException {
    return new SavedConnection(
        row.getString("id"),
        Rows.tenant(row),
        SavedConnection.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("name"),
        row.getString("description"),
        row.getString("spec"),
        row.getInt("enabled") == 1,
        row.getString("document"),
        Rows.stamp(row));
  }
}
