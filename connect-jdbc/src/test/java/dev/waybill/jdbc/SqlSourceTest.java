package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Disposition;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.spi.Source;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlSourceTest {

  @TempDir Path directory;

  @BeforeEach
  void empty() throws SQLException {
    PostgresServer.empty();
  }

  @Test
  void postgresTypesBecomeTheirValues() throws SQLException {
    postgres(
        "create table t (i int, b bigint, n numeric(10,2), nan numeric, d double precision, x bool,"
            + " t text, day date, at timestamp, atz timestamptz, j jsonb, u uuid, y bytea, l text[])",
        "insert into t values (1, 9007199254740993, 1.50, 'NaN', 0.5, true, 'ä', '2026-11-21',"
            + " '2026-11-21 10:00:00.25', '2026-11-21 10:00:00+02', '{\"a\": [1]}',"
            + " '00000000-0000-0000-0000-000000000001', '\\x0102', '{a,b}')",
        "insert into t (i) values (null)");

    List<Fields> rows;
    try (Source source = postgres(Map.of("table", "t"))) {
      rows = Collected.payloads(source);
    }

    assertThat(Collected.values(rows.get(0)))
        .containsExactly(
            1L,
            9007199254740993L,
            new BigDecimal("1.50"),
            "NaN",
            0.5,
            true,
            "ä",
            "2026-11-21",
            "2026-11-21T10:00:00.25",
            "2026-11-21T08:00:00Z",
            Fields.of(FieldNames.of("a"), List.of(1L)),
            "00000000-0000-0000-0000-000000000001",
            "AQI=",
            List.of("a", "b"));
    assertThat(Collected.values(rows.get(1))).containsOnlyNulls();
  }

  @Test
  void rowsAreReadAsOfOneMomentAndAgain() throws SQLException {
    postgres("create table t (id int)", "insert into t select generate_series(1, 5000)");
    try (Source source = postgres(Map.of("table", "public.t", "fetch-size", "10"))) {
      var first = new Collected();
      source.next(first);
      postgres("update t set id = -id", "insert into t values (0)");
      while (source.next(first)) {}

      var second = new Collected();
      assertThat(source.rewind()).isTrue();
      while (source.next(second)) {}

      assertThat(first.items).hasSize(5000);
      assertThat(first.items.getLast().payload().get("id")).isEqualTo(5000L);
      assertThat(second.items).isEqualTo(first.items);
    }
  }

  @Test
  void rowsSourceBytesAreALineOfJson() throws SQLException {
    postgres("create table t (id int, name text)", "insert into t values (1, 'Ann')");
    try (Source source = postgres(Map.of("query", "select * from t;"))) {
      var all = new Collected();
      source.next(all);
      Origin origin = Objects.requireNonNull(all.items.getFirst().origin());
      assertThat(String.valueOf(origin.bytes())).isEqualTo("{\"id\":1,\"name\":\"Ann\"}\n");
      assertThat(source.extension()).isEqualTo("jsonl");
      assertThat(source.identity().canBeReadAgain()).isFalse();
    }
  }

  @Test
  void sqliteValuesKeepTheTypeThatEachHas() throws SQLException {
    sqlite("create table t (a, b)", "insert into t values (1, 'x'), (2.5, null), ('three', x'01')");
    try (Source source = sqlite(Map.of("table", "t"))) {
      assertThat(Collected.payloads(source).stream().map(Collected::values).toList())
          .containsExactly(
              List.of(1L, "x"), java.util.Arrays.asList(2.5, null), List.of("three", "AQ=="));
    }
  }

  @Test
  void sqliteIsReadAsOfOneMoment() throws SQLException {
    sqlite("pragma journal_mode=wal", "create table t (id int)", "insert into t values (1), (2)");
    try (Source source = sqlite(Map.of("table", "t"))) {
      var first = new Collected();
      source.next(first);
      sqlite("delete from t");
      while (source.next(first)) {}
      source.rewind();
      var second = new Collected();
      while (source.next(second)) {}
      assertThat(second.items).hasSize(2).isEqualTo(first.items);
    }
  }

  @Test
  void queriesThatCanNotBeReadAreToldWithTheDatabasesWords() {
    assertThatThrownBy(() -> postgres(Map.of("query", "select * from nowhere")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("relation \"nowhere\" does not exist");
    assertThatThrownBy(() -> postgres(Map.of("query", "select 1 as a, 2 as a")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("two columns the same name");
    assertThatThrownBy(() -> postgres(Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--from-table NAME or --query SQL");
    assertThatThrownBy(() -> sqlite(Map.of("table", "t")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("There is no SQLite file");
  }

  @Test
  void readingChangesNothing() throws SQLException {
    postgres("create table t (id int)");
    assertThatThrownBy(() -> postgres(Map.of("query", "delete from t returning id")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("read-only");
  }

  @Test
  void dispositionsAreWrittenBackBesideTheData() throws SQLException {
    postgres("create table t (id int)", "insert into t values (1)");
    try (Source source = postgres(Map.of("table", "t"));
        var back = source.writeBack("sync_log", "run-1")) {
      var all = new Collected();
      source.next(all);
      Item<Fields> item = all.items.getFirst().as("1", all.items.getFirst().payload());
      back.settled(
          new Settlement<>(
              1, List.of(item), Disposition.REJECTED, Reason.of("422", "no"), 2, List.of()));
      back.flush();
    }
    try (Source log =
        postgres(
            Map.of(
                "query",
                "select run_id, record_key, disposition, reason_code, reason, attempts from"
                    + " sync_log"))) {
      assertThat(Collected.values(Collected.payloads(log).getFirst()))
          .containsExactly("run-1", "1", "rejected", "422", "no", 2L);
    }
  }

  @Test
  void anSqliteFileIsWrittenBackToOnlyWithAWriteAheadLog() throws SQLException {
    sqlite("create table t (id int)");
    try (Source source = sqlite(Map.of("table", "t"))) {
      assertThatThrownBy(() -> source.writeBack("log", "run-1"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("pragma journal_mode=wal");
    }
  }

  private static Source postgres(Map<String, String> options) {
    return Collected.open(new PostgresSourceProvider(), PostgresServer.address(), options);
  }

  private Source sqlite(Map<String, String> options) {
    return Collected.open(new SqliteSourceProvider(), "sqlite:" + file(), options);
  }

  private Path file() {
    return directory.resolve("t.db");
  }

  private static void postgres(String... statements) throws SQLException {
    try (Connection connection = PostgresServer.connect()) {
      run(connection, statements);
    }
  }

  private void sqlite(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      run(connection, statements);
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
