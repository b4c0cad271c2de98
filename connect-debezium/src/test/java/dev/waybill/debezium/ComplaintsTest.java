package dev.waybill.debezium;

import static dev.waybill.debezium.PostgresServer.run;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.debezium.Reader.Ledger;
import java.sql.SQLException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Each says what is wrong, where, and what to do.
class ComplaintsTest {

  private final Ledger ledger = new Ledger();

  @AfterEach
  void drop() throws SQLException {
    PostgresServer.awaitNobodyReads();
    run(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots",
        "drop publication if exists waybill_t",
        "drop publication if exists mine",
        "drop table if exists t");
  }

  private static void complains(ThrowingCallable action, String... parts) {
    assertThatThrownBy(action).isInstanceOf(UserException.class).hasMessageContainingAll(parts);
  }

  @Test
  void tableThatIsNotThere() {
    complains(() -> Reader.of(ledger, "sales.t"), "has no table sales.t");
    complains(
        () -> new Reader(ledger, PostgresServer.address(), Map.of()), "needs the option 'table'");
  }

  @Test
  void tableWithoutPrimaryKey() throws SQLException {
    run("create table t (id int)");
    complains(
        () -> Reader.of(ledger, "t"),
        "public.t has no primary key",
        "alter table public.t replica identity full");
    run("alter table t replica identity nothing");
    complains(() -> Reader.of(ledger, "t"), "alter table public.t replica identity default");
  }

  @Test
  void roleThatMayNotRead() throws SQLException {
    run(
        "create table t (id int primary key)",
        "do $$ begin create role reader login; exception when duplicate_object then end $$");
    complains(
        () -> Reader.of(ledger, "t", "user", "reader"),
        "does not let reader read changes",
        "alter role reader replication");
    run("alter role reader replication");
    try {
      complains(
          () -> Reader.of(ledger, "t", "user", "reader"),
          "publication waybill_t",
          "create publication waybill_t for table public.t");
    } finally {
      run("alter role reader noreplication");
    }
  }

  @Test
  void publicationOfOtherTables() throws SQLException {
    run("create table t (id int primary key)", "create publication mine");
    complains(
        () -> Reader.of(ledger, "t", "publication", "mine"),
        "mine",
        "alter publication mine add table public.t");
    run("drop publication mine", "create publication mine for table t with (publish = 'insert')");
    complains(
        () -> Reader.of(ledger, "t", "publication", "mine"),
        "leaves out inserts, updates or deletes");
  }

  @Test
  void slotThatIsNotOurs() throws SQLException {
    run(
        "create table t (id int primary key)",
        "select pg_create_logical_replication_slot('waybill_t', 'pgoutput')");
    complains(
        () -> Reader.of(ledger, "t"),
        "'waybill_t'",
        "was not made by this flow",
        "select pg_drop_replication_slot('waybill_t')");
    run(
        "select pg_drop_replication_slot('waybill_t')",
        "select pg_create_physical_replication_slot('waybill_t')");
    complains(() -> Reader.of(ledger, "t"), "of another kind or another database");
    complains(() -> Reader.of(ledger, "t", "slot", "A-B"), "small letters, digits and underscores");
  }

  @Test
  void slotThatIsGone() throws SQLException {
    run("create table t (id int primary key)");
    Reader.of(ledger, "t", "snapshot", "never").close();
    PostgresServer.awaitNobodyReads();
    run("select pg_drop_replication_slot('waybill_t')");
    complains(() -> Reader.of(ledger, "t"), "'waybill_t'", "is gone", "--option slot=NAME");
  }

  @Test
  void slotWhoseChangesTheServerHasThrownAway() throws SQLException {
    run("create table t (id int primary key)");
    Reader.of(ledger, "t", "snapshot", "never").close();
    PostgresServer.awaitNobodyReads();
    run("alter system set max_slot_wal_keep_size = '1MB'", "select pg_reload_conf()");
    try {
      for (int i = 0; i < 3; i++) {
        run("insert into t values (" + i + ")", "select pg_switch_wal()");
      }
      run("checkpoint");
      complains(
          () -> Reader.of(ledger, "t"),
          "thrown away changes that were not read yet",
          "select pg_drop_replication_slot('waybill_t')");
    } finally {
      run("alter system reset max_slot_wal_keep_size", "select pg_reload_conf()");
    }
  }
}
