package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.spi.Permits;
import dev.waybill.spi.SecretSource;
import dev.waybill.spi.Source;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSourceTest {

  private static final Permits NO_LOOPBACK =
      new Permits(SecretSource.ofMachine(), address -> !address.isLoopbackAddress());

  @TempDir Path directory;

  @Test
  void numbersKeepAllTheirDigits() {
    assertThat(
            query(
                "select 1::tinyint a, 255::utinyint b, 4294967295::uinteger c, -5::bigint d,"
                    + " 18446744073709551615::ubigint e, 170141183460469231731687303715884105727"
                    + "::hugeint f, 6::hugeint g, 1.50::decimal(10,2) h, 0.1::float i, 0.1::double j,"
                    + " 'nan'::double k, true l, null m"))
        .containsExactly(
            Arrays.asList(
                1L,
                255L,
                4294967295L,
                -5L,
                new BigInteger("18446744073709551615"),
                new BigInteger("170141183460469231731687303715884105727"),
                6L,
                new BigDecimal("1.50"),
                0.1,
                0.1,
                "NaN",
                true,
                null));
  }

  @Test
  void datesAndTimesComeAsIsoTexts() {
    assertThat(
            query(
                "select date '2026-11-21', time '10:00:00.25', timestamp '2026-03-29 02:30:00',"
                    + " timestamp_ns '2026-11-21 10:00:00.123456789', timestamptz '2026-11-21"
                    + " 10:00:00+02', timetz '10:00:00+02', interval '1 day 2 hours'"))
        .containsExactly(
            List.of(
                "2026-11-21",
                "10:00:00.25",
                "2026-03-29T02:30:00",
                "2026-11-21T10:00:00.123456789",
                "2026-11-21T08:00:00Z",
                "10:00:00+02:00",
                "1 day 02:00:00"));
  }

  @Test
  void textsBytesAndChoicesComeAsWhatTheyAre() {
    assertThat(
            query(
                "select 'ä', '\\x01\\x02'::blob, '101'::bit, 'x'::enum('x', 'y'),"
                    + " uuid '00000000-0000-0000-0000-000000000001', union_value(k := 1)"))
        .containsExactly(
            List.of("ä", "AQI=", "101", "x", "00000000-0000-0000-0000-000000000001", 1L));
  }

  @Test
  void nestedValuesBecomeRecordsAndLists() {
    assertThat(
            query(
                "select {'a': 1, 'b': [{'c': 'x'}, null]} s, map {'k': 1.5::decimal(4,2), 'l': null} m,"
                    + " [[1], [2, null]] l, array_value(1, 2) a, '{\"n\": [1]}'::json j, map {7: date"
                    + " '2026-01-01'} d, [timestamp '2026-01-01 00:00:00'] t, ['\\x01'::blob] b"))
        .containsExactly(
            List.of(
                record("a", 1L, "b", Arrays.asList(record("c", "x"), null)),
                record("k", new BigDecimal("1.50"), "l", null),
                List.of(List.of(1L), Arrays.asList(2L, null)),
                List.of(1L, 2L),
                record("n", List.of(1L)),
                record("7", "2026-01-01"),
                List.of("2026-01-01T00:00:00"),
                List.of("AQ==")));
  }

  @Test
  void parquetFilesAreReadAsOneInTheOrderOfTheirNames() throws SQLException {
    execute(
        "",
        "copy (select i id, 'n' || i as name from range(3) t(i)) to '" + file("o-1.parquet") + "'",
        "copy (select i id, 'n' || i as name from range(3, 5) t(i)) to '"
            + file("o-2.parquet")
            + "'");

    assertThat(values(file("o-*.parquet"), Map.of()))
        .containsExactly(
            List.of(0L, "n0"),
            List.of(1L, "n1"),
            List.of(2L, "n2"),
            List.of(3L, "n3"),
            List.of(4L, "n4"));
    assertThat(values(file("o-2.parquet"), Map.of())).hasSize(2);
    assertThat(query("select sum(id)::int from '" + file("o-*.parquet") + "'"))
        .containsExactly(List.of(10L));
  }

  @Test
  void whichFilesAPatternMeansIsSettledWhenReadingBegins() throws SQLException {
    execute("", "copy (select 2 as id) to '" + file("o-2.parquet") + "'");
    try (Source source = open(file("o-*.parquet"), Map.of())) {
      execute("", "copy (select 1 as id) to '" + file("o-1.parquet") + "'");
      source.rewind();
      assertThat(Collected.payloads(source)).containsExactly(record("id", 2L));
    }
  }

  @Test
  void databaseIsReadAgainInTheSameOrder() throws SQLException {
    execute(file("shop.db"), "create table customer as select i id from range(300000) t(i)");
    try (Source source = open("duckdb:" + file("shop.db"), Map.of("table", "main.customer"))) {
      List<Fields> first = Collected.payloads(source);
      assertThat(source.rewind()).isTrue();
      assertThat(first).hasSize(300_000).isEqualTo(Collected.payloads(source));
      assertThat(source.name()).isEqualTo("customer");
    }
  }

  @Test
  void readingChangesNothing() throws SQLException {
    execute(file("shop.db"), "create table customer (id int)");
    assertThatThrownBy(
            () ->
                open(
                    "duckdb:" + file("shop.db"),
                    Map.of("query", "delete from customer returning 1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("read-only mode");
  }

  @Test
  void whatCanNotBeReadIsToldInOneSentence() throws Exception {
    Files.writeString(Path.of(file("no.db")), "text");
    assertThatThrownBy(() -> query("select * from nowhere"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "DuckDB does not answer the query: Catalog Error: Table with name nowhere does not"
                + " exist! Did you mean");
    assertThatThrownBy(() -> open(file("missing.parquet"), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no file " + file("missing.parquet") + " to read");
    assertThatThrownBy(() -> open(file("missing-*.parquet"), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no file " + file("missing-*.parquet") + " to read");
    assertThatThrownBy(() -> open("duckdb:" + file("missing.db"), Map.of("table", "t")))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no DuckDB file " + file("missing.db") + " to read");
    assertThatThrownBy(() -> open("duckdb:" + file("no.db"), Map.of("table", "t")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("can not be opened: IO Error: The file")
        .hasMessageContaining("it is not a valid DuckDB database file!");
    assertThatThrownBy(() -> open("duckdb:", Map.of("table", "t")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("duckdb: without a file has no tables");
  }

  @Test
  void aDuckDbFileIsNotWrittenBackTo() throws SQLException {
    execute(file("shop.db"), "create table customer (id int)");
    try (Source source = open("duckdb:" + file("shop.db"), Map.of("table", "customer"))) {
      assertThatThrownBy(() -> source.writeBack("log", "run-1"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("leave out --write-back");
    }
  }

  @Test
  void whereNotAllIsPermittedOnlyFilesThatAreNamedAreRead() throws SQLException {
    execute(file("shop.db"), "create table customer as select 1 as id");
    execute("", "copy (select 2 as id) to '" + file("o.parquet") + "'");

    try (Source source = restricted(file("o.parquet"), Map.of())) {
      assertThat(Collected.payloads(source)).containsExactly(record("id", 2L));
    }
    try (Source source = restricted("duckdb:" + file("shop.db"), Map.of("table", "customer"))) {
      assertThat(Collected.payloads(source)).containsExactly(record("id", 1L));
    }
    assertThatThrownBy(
            () ->
                restricted(
                    "duckdb:" + file("shop.db"),
                    Map.of("query", "select * from '" + file("o.parquet") + "'")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Permission Error");
    assertThatThrownBy(
            () ->
                restricted(
                    "duckdb:" + file("shop.db"),
                    Map.of("query", "set enable_external_access = true; select 1")))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> restricted("duckdb:", Map.of("query", "select 1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not to be used here");
    for (String elsewhere : List.of("http://localhost/o.parquet", "file:/etc/o.parquet")) {
      assertThatThrownBy(() -> restricted(elsewhere, Map.of()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("from this machine's disk only");
    }
  }

  private static Fields record(@Nullable Object... namesAndValues) {
    var names = new String[namesAndValues.length / 2];
    var values = new @Nullable Object[names.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = String.valueOf(namesAndValues[2 * i]);
      values[i] = namesAndValues[2 * i + 1];
    }
    return Fields.of(FieldNames.of(names), values);
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private static List<List<Object>> query(String sql) {
    return values("duckdb:", Map.of("query", sql));
  }

  private static List<List<Object>> values(String location, Map<String, String> options) {
    try (Source source = open(location, options)) {
      return Collected.payloads(source).stream().map(Collected::values).toList();
    }
  }

  private static Source open(String location, Map<String, String> options) {
    return Collected.open(new DuckDbSourceProvider(), location, options);
  }

  private static Source restricted(String location, Map<String, String> options) {
    return Collected.open(new DuckDbSourceProvider(), location, options, NO_LOOPBACK);
  }

  private static void execute(String database, String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + database);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
