package dev.waybill.debezium;

import static dev.waybill.debezium.PostgresServer.ask;
import static dev.waybill.debezium.PostgresServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.debezium.Reader.Ledger;
import dev.waybill.spi.Lag;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresChangesTest {

  private final Ledger ledger = new Ledger();

  @AfterEach
  void dropWhatKeepsTheLog() throws SQLException {
    PostgresServer.awaitNobodyReads();
    run(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots",
        "drop publication if exists waybill_t",
        "drop table if exists t, other");
  }

  @Test
  void rowsComeFirstAndThenChanges() throws SQLException {
    run(
        "create table t (id int primary key, name text)",
        "insert into t values (1, 'Ann'), (2, 'Bob')");
    try (var reader = Reader.of(ledger, "t").until(2)) {
      run("insert into t values (3, 'Cid')", "update t set name = 'Anna' where id = 1");
      run("delete from t where id = 2");
      reader.until(5);
      assertThat(reader.texts())
          .containsExactly(
              "{\"id\":1,\"name\":\"Ann\"}",
              "{\"id\":2,\"name\":\"Bob\"}",
              "{\"id\":3,\"name\":\"Cid\"}",
              "{\"id\":1,\"name\":\"Anna\"}",
              "{\"id\":2,\"__deleted\":true}");
      assertThat(reader.source.name()).isEqualTo("t");
    }
  }

  @Test
  void whatIsNotSettledIsGivenAgainAtTheSamePositions() throws SQLException {
    run("create table t (id int primary key)");
    List<Position> first;
    try (var reader = Reader.of(ledger, "t", "snapshot", "never")) {
      run("insert into t values (1)", "insert into t select generate_series(2, 5)");
      run("insert into t values (6)");
      reader.until(6).settle(3);
      first = reader.positions();
    }
    // A transaction that is not settled to its end comes again in whole; the run knows its part.
    try (var reader = Reader.of(ledger, "t").until(5)) {
      assertThat(reader.positions()).isEqualTo(first.subList(1, 6));
      settleAll(reader);
    }
    run("insert into t values (7)");
    try (var reader = Reader.of(ledger, "t").until(1)) {
      assertThat(reader.texts()).containsExactly("{\"id\":7}");
      assertThat(reader.positions().getFirst().isAfter(first.getLast())).isTrue();
    }
  }

  @Test
  void transactionsThatOverlapKeepTheOrderInWhichTheyEnded() throws SQLException {
    run("create table t (id int primary key)");
    try (var reader = Reader.of(ledger, "t", "snapshot", "never");
        Connection slow = PostgresServer.connect()) {
      slow.setAutoCommit(false);
      run(slow, "insert into t values (1)");
      run("insert into t values (2)", "insert into t values (3)");
      run(slow, "insert into t values (4)");
      slow.commit();
      reader.until(4);
      assertThat(reader.texts())
          .containsExactly("{\"id\":2}", "{\"id\":3}", "{\"id\":1}", "{\"id\":4}");
      for (int i = 1; i < 4; i++) {
        assertThat(reader.positions().get(i).isAfter(reader.positions().get(i - 1))).isTrue();
      }
      // Only the first is settled: the server must keep the slow one, which began before it.
      reader.settle(1);
    }
    try (var reader = Reader.of(ledger, "t").until(3)) {
      assertThat(reader.texts()).containsExactly("{\"id\":3}", "{\"id\":1}", "{\"id\":4}");
    }
  }

  @Test
  void rowsThatWereNotAllSettledBeginAnewAndNoChangeOfMeanwhileIsLost() throws SQLException {
    run("create table t (id int primary key)", "insert into t select generate_series(1, 300)");
    String partition;
    try (var reader = Reader.of(ledger, "t").until(300)) {
      partition = reader.positions().getFirst().partition();
      reader.settle(299);
    }
    run("delete from t where id < 300");
    try (var reader = Reader.of(ledger, "t").until(300)) {
      assertThat(reader.texts()).startsWith("{\"id\":300}", "{\"id\":1,\"__deleted\":true}");
      assertThat(reader.positions().getFirst().partition()).isNotEqualTo(partition);
      settleAll(reader);
    }
    run("insert into t values (301)");
    try (var reader = Reader.of(ledger, "t").until(1)) {
      assertThat(reader.texts()).containsExactly("{\"id\":301}");
    }
  }

  @Test
  void emptyTableHasNoRowsToWaitFor() throws SQLException {
    run("create table t (id int primary key)");
    try (var reader = Reader.of(ledger, "t")) {
      reader.until(() -> String.valueOf(ledger.bookmark).contains("done"));
      run("insert into t values (1)");
      assertThat(reader.until(1).texts()).containsExactly("{\"id\":1}");
    }
  }

  @Test
  void anotherPrimaryKeyIsADeletionAndARow() throws SQLException {
    run("create table t (id int primary key, name text)", "insert into t values (1, 'Ann')");
    try (var reader = Reader.of(ledger, "t").until(1)) {
      run("update t set id = 2");
      assertThat(reader.until(3).texts().subList(1, 3))
          .containsExactly("{\"id\":1,\"__deleted\":true}", "{\"id\":2,\"name\":\"Ann\"}");
    }
  }

  @Test
  void longValueThatDidNotChangeIsAskedOfTheTable() throws SQLException {
    run(
        "create table t (id int, day date, n int, long text, list text[], b bytea,"
            + " primary key (day, id))",
        "alter table t alter long set storage external",
        "alter table t alter list set storage external",
        "alter table t alter b set storage external",
        "insert into t values (1, '2026-11-21', 1, repeat('x', 9000), array[repeat('y', 9000)],"
            + " convert_to(repeat('z', 9000), 'UTF8'))");
    try (var reader = Reader.of(ledger, "t").until(1)) {
      run("update t set n = 2");
      reader.until(2);
      assertThat(reader.texts().get(1))
          .isEqualTo(reader.texts().get(0).replace(":1,\"l", ":2,\"l"));
      run("begin; update t set n = 3; delete from t; commit");
      assertThat(reader.until(4).texts().get(2))
          .as("of a row that is gone by now it is left out")
          .isEqualTo("{\"id\":1,\"day\":\"2026-11-21\",\"n\":3}");
    }
  }

  @Test
  void longValueThatDidNotChangeIsTakenFromTheLogIfThatHasIt() throws SQLException {
    run(
        "create table t (n int, long text)",
        "alter table t alter long set storage external",
        "alter table t replica identity full",
        "insert into t values (1, repeat('x', 9000))");
    try (var reader = Reader.of(ledger, "t").until(1)) {
      run("update t set n = 2");
      assertThat(reader.until(2).items.getLast().payload().text("long")).hasSize(9_000);
    }
  }

  @Test
  void someRowsAreShownBeforeItStarts() throws SQLException {
    run("create table t (id int primary key)", "insert into t values (1), (2)");
    var shown = new Reader.Collected();
    try (LiveSource source = Reader.open(PostgresServer.address(), Map.of("table", "t"))) {
      source.sample(shown, 1);
      assertThat(shown.texts()).containsExactly("{\"id\":1}");
    }
  }

  @Test
  void deletionTellsAllColumnsIfTheLogHasThem() throws SQLException {
    run(
        "create table t (email text not null unique, name text)",
        "alter table t replica identity full",
        "insert into t values ('a@b.c', 'Ann')");
    try (var reader = Reader.of(ledger, "t").until(1)) {
      run("delete from t");
      assertThat(reader.until(2).texts().getLast())
          .isEqualTo("{\"email\":\"a@b.c\",\"name\":\"Ann\",\"__deleted\":true}");
    }
  }

  @Test
  void anotherIndexMayTellTheRows() throws SQLException {
    run(
        "create table t (id int primary key, email text not null, name text)",
        "create unique index t_email on t (email)",
        "alter table t replica identity using index t_email",
        "insert into t values (1, 'a@b.c', 'Ann')");
    try (var reader = Reader.of(ledger, "t").until(1)) {
      run("delete from t");
      assertThat(reader.until(2).texts().getLast())
          .isEqualTo("{\"email\":\"a@b.c\",\"__deleted\":true}");
    }
  }

  @Test
  void nullStaysNullWhateverTheColumnsDefault() throws SQLException {
    run(
        "create table t (id int primary key, n int default 7, s text default 'x', d date default now())",
        "insert into t values (1, null, null, null)");
    try (var reader = Reader.of(ledger, "t").until(1)) {
      run("insert into t values (2, null, null, null)");
      assertThat(reader.until(2).texts())
          .containsExactly(
              "{\"id\":1,\"n\":null,\"s\":null,\"d\":null}",
              "{\"id\":2,\"n\":null,\"s\":null,\"d\":null}");
    }
  }

  @Test
  void truncateIsRefusedAndTheRestGoesOn() throws SQLException {
    run("create table t (id int primary key)");
    try (var reader = Reader.of(ledger, "t", "snapshot", "never")) {
      run("truncate t", "insert into t values (1)");
      reader.until(2);
      assertThat(reader.refusals.getFirst().toString())
          .contains("public.t was emptied by TRUNCATE");
      assertThat(reader.texts()).containsExactly("{\"id\":1}");
    }
  }

  @Test
  void partsOfATableAreReadAsTheWhole() throws SQLException {
    run(
        "create table t (id int primary key) partition by range (id)",
        "create table t_low partition of t for values from (0) to (10)",
        "create table t_high partition of t for values from (10) to (20)",
        "insert into t values (1)");
    try (var reader = Reader.of(ledger, "t").until(1)) {
      run("insert into t values (11)", "delete from t where id = 1");
      assertThat(reader.until(3).texts())
          .containsExactly("{\"id\":1}", "{\"id\":11}", "{\"id\":1,\"__deleted\":true}");
    }
  }

  @Test
  void newColumnComesWithTheNextChange() throws SQLException {
    run("create table t (id int primary key)");
    try (var reader = Reader.of(ledger, "t", "snapshot", "never")) {
      run("insert into t values (1)");
      reader.until(1);
      run("alter table t add name text default 'none'", "insert into t values (2, 'Bob')");
      assertThat(reader.until(2).texts())
          .containsExactly("{\"id\":1}", "{\"id\":2,\"name\":\"Bob\"}");
    }
  }

  @Test
  void brokenConnectionIsMadeAnewAndNothingComesTwice() throws SQLException {
    run("create table t (id int primary key)");
    try (var reader = Reader.of(ledger, "t", "snapshot", "never")) {
      run("insert into t values (1)", "insert into t values (2)");
      reader.until(2).settle(1);
      run(
          "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
              + " and backend_type in ('walsender', 'client backend')",
          "insert into t values (3)");
      assertThat(reader.until(3).texts()).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }
  }

  @Test
  void slotMovesOnWhileOnlyOtherTablesChange() throws SQLException {
    run("create table t (id int primary key)", "create table other (id int, text text)");
    try (var reader = Reader.of(ledger, "t", "snapshot", "never", "heartbeat", "100ms")) {
      run("insert into t values (1)");
      reader.until(1).settle(1);
      run("insert into other select n, repeat('x', 1000) from generate_series(1, 1000) n");
      long written = Long.parseLong(ask("select pg_current_wal_lsn() - '0/0'"));
      reader.until(() -> confirmed() >= written);
      assertThat(reader.texts()).hasSize(1);
    }
  }

  @Test
  void lagIsWhatTheLogHoldsBeyondWhatWasHandedOver() throws SQLException {
    run("create table t (id int primary key, text text)");
    try (var reader = Reader.of(ledger, "t", "snapshot", "never")) {
      reader.until(() -> reader.source.lag().equals(Lag.bytes(0)));
      run("insert into t select n, repeat('x', 1000) from generate_series(1, 5000) n");
      reader.until(
          () -> {
            reader.source.poll(reader, 0, Duration.ZERO);
            return reader.source.lag().behind() > 5_000_000;
          });
      reader.until(() -> reader.items.size() == 5000 && reader.source.lag().behind() < 100_000);
    }
  }

  /// All that was read is settled, and the server knows.
  private static void settleAll(Reader reader) {
    reader.settle(reader.items.size());
    long last = reader.positions().getLast().offset();
    reader.until(() -> confirmed() > last);
  }

  private static long confirmed() {
    try {
      return Long.parseLong(ask("select confirmed_flush_lsn - '0/0' from pg_replication_slots"));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
