package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that are deleted by their key, in both databases.
class DeletingRowsTest {

  private static final FieldNames KEY = FieldNames.of("tenant", "id");

  @TempDir Path directory;

  @Test
  void sqliteRowsGoByTheirKey() throws Exception {
    String address = "sqlite:" + directory.resolve("t.db");
    try (Connection connection = DriverManager.getConnection("jdbc:" + address)) {
      rowsGoByTheirKey(new SqliteProvider(), address, connection);
    }
  }

  @Test
  void postgresRowsGoByTheirKey() throws Exception {
    PostgresServer.empty();
    try (Connection connection = PostgresServer.connect()) {
      rowsGoByTheirKey(new PostgresProvider(), PostgresServer.address(), connection);
    }
  }

  private static void rowsGoByTheirKey(
      DestinationProvider provider, String address, Connection connection) throws Exception {
    run(
        connection,
        "create table t (tenant text, id integer, primary key (tenant, id))",
        "create table u (tenant text, id integer, foreign key (tenant, id) references t)",
        "insert into t values ('a', 1), ('a', 2), ('b', 1), ('b', 2)",
        "insert into u values ('b', 2)");
    try (Destination<Fields> deleting = open(provider, address)) {
      // One that is not there is gone as well; an id that came as text is a number all the same.
      assertThat(
              deleting.send(batch(List.of(item(1, "a", 1L), item(2, "b", "1"), item(3, "c", 9L)))))
          .isEqualTo(Reply.accepted(3));
      assertThat(rows(connection)).containsExactly("a 2", "b 2");

      assertThat(deleting.send(batch(List.of(item(4, "a", 2L), item(5, "b", 2L)))))
          .isInstanceOf(Reply.Refused.class);
      assertThat(rows(connection)).containsExactly("a 2", "b 2");

      assertThat(deleting.send(batch(List.of(item(6, "a", "x")))))
          .isInstanceOf(Reply.Answered.class);
    }
  }

  private static Destination<Fields> open(DestinationProvider provider, String address) {
    return provider.openDeleting(
        address,
        Options.of("sql", provider.options(), Map.of("table", "t", "mode", "upsert")),
        new Delivery(KEY, List.of(), List.of("tenant", "id")));
  }

  private static Batch<Fields> batch(List<Item<Fields>> items) {
    return new Batch<>(1, items, 1, "run");
  }

  private static Item<Fields> item(long ordinal, @Nullable Object... key) {
    return new Item<>(ordinal, null, Fields.of(KEY, key), null);
  }

  private static List<String> rows(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select tenant, id from t order by 1, 2")) {
      var all = new ArrayList<String>();
      while (rows.next()) {
        all.add(rows.getString(1) + " " + rows.getInt(2));
      }
      return all;
    }
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
