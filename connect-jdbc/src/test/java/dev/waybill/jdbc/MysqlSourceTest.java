package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Disposition;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.spi.Permits;
import dev.waybill.spi.SecretSource;
import dev.waybill.spi.Source;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, architectures = MariadbServer.PROCESSOR)
class MysqlSourceTest {

  @BeforeEach
  void empty() throws SQLException {
    MariadbServer.empty();
  }

  @Test
  void numbersAndTruthValuesComeAsSuch() throws SQLException {
    execute(
        "create table t (a tinyint, b tinyint(1), c int unsigned zerofill, d bigint unsigned,"
            + " e bigint unsigned, f decimal(10,2), g float, h double, i bit(1), j bit(10), k year)",
        "insert into t values (-1, 1, 7, 18446744073709551615, 5, 1.50, 0.1, 0.1, b'1', b'101', 2026),"
            + " (1, 2, 4294967295, 0, null, -0.01, null, 1e300, b'0', 0, null)");

    assertThat(values(Map.of("table", "t")))
        .containsExactly(
            Arrays.asList(
                -1L,
                true,
                7L,
                new BigInteger("18446744073709551615"),
                5L,
                new BigDecimal("1.50"),
                0.1,
                0.1,
                true,
                "0000000101",
                2026L),
            Arrays.asList(
                1L,
                2L,
                4294967295L,
                0L,
                null,
                new BigDecimal("-0.01"),
                null,
                1e300,
                false,
                "0000000000",
                null));
  }

  @Test
  void datesAndTimesComeAsIsoTexts() throws SQLException {
    execute(
        "create table t (day date, at datetime(6), instant timestamp null, length time)",
        "set time_zone = '+02:00'",
        "insert into t values ('2026-11-21', '2026-11-21 10:00:00.25', '2026-11-21 10:00:00',"
            + " '-25:00:01'), (null, '2026-11-21 02:30:00', null, null)");

    assertThat(values(Map.of("table", "t")))
        .containsExactly(
            List.of("2026-11-21", "2026-11-21T10:00:00.25", "2026-11-21T08:00:00Z", "-25:00:01"),
            Arrays.asList(null, "2026-11-21T02:30:00", null, null));
  }

  @Test
  void zeroDatesAreNoneAndHalfOnesStayAsTheyAre() throws SQLException {
    execute(
        "create table t (day date, at datetime, instant timestamp)",
        "set sql_mode = ''",
        "insert into t values ('0000-00-00', '0000-00-00 00:00:00', '0000-00-00 00:00:00'),"
            + " ('2026-00-00', '2026-02-00 10:00:00', '2026-01-01')");

    assertThat(values(Map.of("query", "select day, at from t")))
        .containsExactly(Arrays.asList(null, null), List.of("2026-00-00", "2026-02-00T10:00:00"));
    assertThat(values(Map.of("query", "select instant from t where instant = 0")))
        .containsExactly(Arrays.asList((Object) null));
  }

  @Test
  void jsonBytesAndTextsComeAsWhatTheyAre() throws SQLException {
    execute(
        "create table t (j json, b blob, r binary(2), t text character set utf8mb4,"
            + " e enum('x', 'y'), s set('a', 'b'), u uuid)",
        "insert into t values ('{\"a\": [1]}', x'0102', x'03', 'ä 😀', 'y', 'a,b',"
            + " '00000000-0000-0000-0000-000000000001')");

    assertThat(values(Map.of("table", "t")))
        .containsExactly(
            List.of(
                Fields.of(FieldNames.of("a"), List.of(1L)),
                "AQI=",
                "AwA=",
                "ä 😀",
                "y",
                "a,b",
                "00000000-0000-0000-0000-000000000001"));
  }

  @Test
  void rowsAreReadAsOfOneMomentAndAgain() throws SQLException {
    execute("create table t (id int primary key)", "insert into t select seq from seq_1_to_5000");
    try (Source source = open(Map.of("table", "shop.t", "fetch-size", "10"))) {
      var first = new Collected();
      source.next(first);
      execute("delete from t where id > 10", "insert into t values (0)");
      while (source.next(first)) {}

      assertThat(source.rewind()).isTrue();

      assertThat(first.items).hasSize(5000);
      assertThat(first.items.getLast().payload().get("id")).isEqualTo(5000L);
      assertThat(Collected.of(source).items).isEqualTo(first.items);
    }
  }

  /// A reading that takes in what it does not need would not fit into the memory of these tests.
  @Test
  void moreThanMemoryHoldsIsStreamedAndLeftInTheMiddle() {
    Source source = open(Map.of("query", "select seq, repeat('x', 4000) from seq_1_to_1000000"));
    var first = new Collected();
    for (int i = 0; i < 1_000; i++) {
      source.next(first);
    }
    source.close();

    assertThat(first.items).hasSize(1_000);
  }

  @Test
  void dispositionsAreWrittenBackWhileRowsAreRead() throws SQLException {
    execute("create table t (id int)", "insert into t values (1), (2)");
    try (Source source = open(Map.of("table", "t", "fetch-size", "1"));
        var back = source.writeBack("sync log", "run-1")) {
      var all = new Collected();
      source.next(all);
      Item<Fields> item = all.items.getFirst().as("1", all.items.getFirst().payload());
      back.settled(
          new Settlement<>(
              1, List.of(item), Disposition.REJECTED, Reason.of("422", "нет 😀"), 2, List.of()));
      back.flush();
      assertThat(source.next(all)).isTrue();
    }

    assertThat(
            values(
                Map.of(
                    "query",
                    "select run_id, record_key, disposition, reason_code, reason, attempts from"
                        + " `sync log`")))
        .containsExactly(List.of("run-1", "1", "rejected", "422", "нет 😀", 2L));
  }

  @Test
  void readingChangesNothing() throws SQLException {
    execute("create table t (id int)", "insert into t values (1)");
    assertThatThrownBy(() -> open(Map.of("query", "delete from t returning id")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("Cannot execute statement in a READ ONLY transaction");
  }

  @Test
  void whatCanNotBeReadIsToldInOneSentence() {
    String port = Integer.toString(MariadbServer.port());
    assertThatThrownBy(() -> open(Map.of("table", "nowhere")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The MySQL database shop at localhost:"
                + port
                + " does not answer the reading of the table nowhere: Table 'shop.nowhere' doesn't"
                + " exist");
    assertThatThrownBy(() -> open("mysql://ann:wrong@localhost:" + port + "/shop"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("can not be reached: Access denied for user 'ann'@'localhost'")
        .hasMessageContaining("password=env:NAME");
    assertThatThrownBy(() -> open("mariadb://ann:secret-word@localhost:" + port + "/crm"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Unknown database 'crm'");
    assertThatThrownBy(() -> open("mysql://ann@localhost:1/shop"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Connection refused; check host and port");
  }

  @Test
  void databaseAtARefusedAddressIsNotConnectedTo() throws IOException {
    var noLoopback = new Permits(SecretSource.ofMachine(), to -> !to.isLoopbackAddress());
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String host : List.of("127.0.0.1", "localhost", "2130706433")) {
        String address = "mysql://u@" + host + ":" + server.getLocalPort() + "/shop";
        assertThatThrownBy(
                () ->
                    Collected.open(
                        new MysqlSourceProvider(), address, Map.of("table", "t"), noLoopback))
            .isInstanceOf(UserException.class)
            .hasMessageContaining("must not be connected to from here");
      }
      server.setSoTimeout(1);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static List<List<Object>> values(Map<String, String> options) {
    try (Source source = open(options)) {
      return Collected.payloads(source).stream().map(Collected::values).toList();
    }
  }

  private static Source open(Map<String, String> options) {
    return Collected.open(new MysqlSourceProvider(), MariadbServer.address(), options);
  }

  private static Source open(String address) {
    return Collected.open(new MysqlSourceProvider(), address, Map.of("table", "t"));
  }

  private static void execute(String... statements) throws SQLException {
    try (var connection = MariadbServer.connect();
        var statement = connection.createStatement()) {
      statement.execute("use shop");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
