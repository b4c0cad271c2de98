package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// PostgreSQL, with what only PostgreSQL does.
@Timeout(60)
final class PostgresDestinationTest extends SqlDestinationContract {

  private String address = PostgresServer.address();

  @BeforeEach
  void emptyDatabase() throws SQLException {
    PostgresServer.empty();
  }

  @Override
  DestinationProvider provider() {
    return new PostgresProvider();
  }

  @Override
  String address() {
    return address;
  }

  @Override
  Connection connect() throws SQLException {
    return PostgresServer.connect();
  }

  @Test
  void providerIsFound() {
    assertThat(ServiceLoader.load(DestinationProvider.class))
        .anyMatch(provider -> provider.schemes().contains("postgresql"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"insert", "upsert"})
  void everyBadRowOfALongBatchIsNamed(String mode) throws Exception {
    sql(CONTACTS);
    var records = Records.of("id", "email", "age");
    for (int i = 0; i < 1000; i++) {
      boolean bad = i == 3 || i == 400 || i == 999;
      records.row("" + i, "c" + i + "@x.org", bad ? "-" + i : "1");
    }

    Reply reply = open(Map.of("mode", mode), records, "id").send(records.batch());

    assertThat(reply).isInstanceOf(Reply.Refused.class);
    assertThat(((Reply.Refused) reply).suspects()).containsExactly(3, 400, 999);
    assertThat(((Reply.Refused) reply).reason().message())
        .isEqualTo("age -3 violates the rule age > 0 (CHECK)");
    assertThat(rows("select * from contacts")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"insert", "upsert"})
  void textThatIsTooLongIsNeverCut(String mode) throws Exception {
    sql("create table contacts (id integer primary key, code char(3), name varchar(5))");
    var name = Records.of("id", "name").row("1", "Bartholomew");
    var code = Records.of("id", "code").row("1", "abcd");

    var reason = reasonOfSingle(open(Map.of("mode", mode), name, "id").send(name.batch()));
    assertThat(reason.code()).isEqualTo("22001");
    assertThat(reason.message()).isEqualTo("name 'Bartholomew' is too long (character varying(5))");
    assertThat(reasonOfSingle(open(Map.of("mode", mode), code, "id").send(code.batch())).message())
        .isEqualTo("code 'abcd' is too long (character(3))");
  }

  @ParameterizedTest
  @ValueSource(strings = {"insert", "upsert"})
  void typesWeDoNotKnowAreJudgedByTheDatabase(String mode) throws Exception {
    sql("create table contacts (id integer primary key, uid uuid, tags text[], extra jsonb)");
    var good =
        Records.of("id", "uid", "tags", "extra")
            .row(1, "123e4567-e89b-12d3-a456-426614174000", "{a,b}", List.of(1L));
    var bad = Records.of("id", "uid").row(2, "not-one");
    var destination = open(Map.of("mode", mode), good, "id");

    assertThat(destination.send(good.batch())).isEqualTo(Reply.accepted(1));
    assertThat(reasonOfSingle(destination.send(bad.batch())).message())
        .isEqualTo("uid: invalid input syntax for type uuid: \"not-one\"");
    assertThat(rows("select tags[2], extra from contacts")).containsExactly("b|[1]");
  }

  @Test
  void numberOutOfRangeIsRejectedWithItsColumn() throws Exception {
    sql(CONTACTS);
    var records = Records.of("id", "email", "age").row("1", "a@x.org", "99999999999");

    assertThat(reasonOfSingle(open(Map.of(), records).send(records.batch())).message())
        .isEqualTo("age: value \"99999999999\" is out of range for type integer");
  }

  @Test
  void missingReferenceNamesColumnAndValue() throws Exception {
    sql(
        "create table firms (id integer primary key)",
        "create table contacts (id integer primary key, firm integer references firms (id))");
    var records = Records.of("id", "firm").row("1", null).row("2", "7");

    Reply reply = open(Map.of(), records).send(records.batch());

    assertThat(((Reply.Refused) reply).suspects()).containsExactly(1);
    assertThat(((Reply.Refused) reply).reason().message())
        .isEqualTo("firm 7 is not in the table referred to (FOREIGN KEY contacts_firm_fkey)");
  }

  @Test
  void triggerThatSkipsARowIsNotCountedAsDelivery() throws Exception {
    sql(
        CONTACTS,
        "create function skip() returns trigger language plpgsql as"
            + " $$ begin if new.id = 2 then return null; end if; return new; end $$",
        "create trigger skip before insert on contacts for each row execute function skip()");
    var records = Records.of("id", "email").row("1", "a@x.org").row("2", "b@x.org");

    Reply reply = open(Map.of(), records).send(records.batch());

    assertThat(((Reply.Refused) reply).suspects()).containsExactly(1);
    assertThat(((Reply.Refused) reply).reason().code()).isEqualTo("skipped");
    assertThat(rows("select * from contacts")).isEmpty();
  }

  @Test
  void triggerSpeaksInItsOwnWords() throws Exception {
    sql(
        CONTACTS,
        "create function no() returns trigger language plpgsql as"
            + " $$ begin raise exception 'bots may not enter'; end $$",
        "create trigger no before insert on contacts for each row execute function no()");
    var records = Records.of("id", "email").row("1", "a@x.org");

    assertThat(reasonOfSingle(open(Map.of(), records).send(records.batch())).message())
        .isEqualTo("bots may not enter");
  }

  @Test
  void connectionKilledBeforeTheCommitLeavesNoDoubt() throws Exception {
    sql(CONTACTS);
    var records = Records.of("id", "email").row("1", "a@x.org");
    var destination = open(Map.of(), records);

    Reply reply;
    try (var blocker = connect();
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("lock table contacts in access exclusive mode");
      CompletableFuture<Reply> call = sending(destination, records.batch());
      killWaiting();
      reply = call.get(20, TimeUnit.SECONDS);
      blocker.rollback();
    }

    assertThat(reply).isInstanceOf(Reply.Unavailable.class);
    assertThat(rows("select * from contacts")).isEmpty();
    assertThat(destination.send(records.batch())).isEqualTo(Reply.accepted(1));
  }

  @Test
  void connectionKilledDuringTheCommitIsInDoubt() throws Exception {
    // The commit waits in a trigger that runs only then.
    sql(
        CONTACTS,
        "create table gate (id integer)",
        "create function wait() returns trigger language plpgsql as"
            + " $$ begin lock table gate in access exclusive mode; return null; end $$",
        "create constraint trigger wait after insert on contacts deferrable initially deferred"
            + " for each row execute function wait()");
    var records = Records.of("id", "email").row("1", "a@x.org");
    var destination = open(Map.of(), records);

    Reply reply;
    try (var blocker = connect();
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("lock table gate in access exclusive mode");
      CompletableFuture<Reply> call = sending(destination, records.batch());
      killWaiting();
      reply = call.get(20, TimeUnit.SECONDS);
      blocker.rollback();
    }

    assertThat(reply).isInstanceOf(Reply.InDoubt.class);
  }

  private static CompletableFuture<Reply> sending(
      Destination<Fields> destination, Batch<Fields> batch) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return destination.send(batch);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /// Ends the session that waits for a lock, as soon as there is one.
  private static void killWaiting() throws SQLException {
    // Its own connection, because a transaction sees the activity as it was when it first looked.
    try (var connection = PostgresServer.connect();
        var statement = connection.createStatement()) {
      boolean killed = false;
      for (int looks = 0; !killed && looks < 1_000; looks++) {
        try (var rows =
            statement.executeQuery(
                "select pg_sleep(0.01), pg_terminate_backend(pid) from pg_stat_activity"
                    + " where wait_event_type = 'Lock' and application_name = 'waybill'")) {
          killed = rows.next();
        }
        statement.execute("select pg_sleep(0.01)");
      }
      assertThat(killed).as("a session waited for a lock and was ended").isTrue();
    }
  }

  @Test
  void lockThatIsNotGivenInTimeIsUnavailable() throws Exception {
    sql(CONTACTS);
    address += "?options=-c%20lock_timeout=50";
    var records = Records.of("id", "email").row("1", "a@x.org");
    var destination = open(Map.of(), records);

    try (var blocker = connect();
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("lock table contacts in access exclusive mode");

      Reply reply = destination.send(records.batch());

      assertThat(reply).isInstanceOf(Reply.Unavailable.class);
      assertThat(((Reply.Unavailable) reply).reason().code()).isEqualTo("55P03");
      blocker.rollback();
    }
  }

  @Test
  void rightTakenAwayUnderwayIsFatal() throws Exception {
    sql(
        CONTACTS,
        "drop role if exists loader",
        "create role loader login",
        "grant usage on schema public to loader",
        "grant insert, select on contacts to loader");
    address = address.replace("postgres:secret-word", "loader");
    var records = Records.of("id", "email").row("1", "a@x.org");
    var destination = open(Map.of(), records);
    sql("revoke insert on contacts from loader");

    Reply reply = destination.send(records.batch());

    assertThat(reply).isInstanceOf(Reply.Fatal.class);
    assertThat(((Reply.Fatal) reply).reason().code()).isEqualTo("42501");
    sql("drop owned by loader", "drop role loader");
  }

  @Test
  void tooManyConnectionsIsUnavailable() throws Exception {
    sql(
        CONTACTS,
        "drop role if exists crowd",
        "create role crowd login connection limit 1",
        "grant usage on schema public to crowd",
        "grant all on contacts to crowd");
    address = address.replace("postgres:secret-word", "crowd");
    var records = Records.of("id", "email").row("1", "a@x.org");
    var destination = open(Map.of("connect-timeout", "300ms"), records);

    try (var taken =
        java.sql.DriverManager.getConnection(
            "jdbc:postgresql://localhost:" + PostgresServer.port() + "/postgres?user=crowd")) {
      assertThat(taken.isClosed()).isFalse();
      Reply reply = destination.send(records.batch());

      assertThat(reply).isInstanceOf(Reply.Unavailable.class);
      assertThat(((Reply.Unavailable) reply).reason().code()).isEqualTo("53300");
    }

    destination.close();
    sql("drop owned by crowd");
  }

  @Test
  void duplicateCommittedByAnotherMeanwhileIsTold() throws Exception {
    sql(CONTACTS, "insert into contacts (id, email) values (1, 'a@x.org')");
    var records = Records.of("id", "email").row("1", "a@x.org");

    var verdict = rejected(open(Map.of(), records).send(records.batch()));

    assertThat(verdict.kind()).isEqualTo(Kind.DUPLICATE);
    assertThat(verdict.reason().code()).isEqualTo("23505");
    assertThat(verdict.reason().message())
        .isEqualTo("id 1 is there already (UNIQUE contacts_pkey)");
  }

  @Test
  void tableInAnotherSchemaIsFound() throws Exception {
    sql(
        "drop schema if exists crm cascade",
        "create schema crm",
        CONTACTS.replace("table contacts", "table crm.contacts"));
    var records = Records.of("id", "email").row("1", "a@x.org");

    assertThat(open(Map.of("table", "crm.contacts"), records).send(records.batch()))
        .isEqualTo(Reply.accepted(1));
    assertThat(open(Map.of("table", "CRM.Contacts"), records).traits().maxInFlight()).isEqualTo(4);
    sql("drop schema crm cascade");
  }

  @Test
  void nobodyAtThatPortIsToldAtOpening() {
    address = "postgresql://someone@localhost:1/shop";

    assertThatThrownBy(() -> open(Map.of(), Records.of("id").row("1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("shop at localhost:1 can not be reached")
        .hasMessageContaining("check host and port");
  }

  @Test
  void unknownDatabaseIsToldAtOpening() {
    address = PostgresServer.address().replaceFirst("/postgres$", "/nowhere");

    assertThatThrownBy(() -> open(Map.of(), Records.of("id").row("1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("database \"nowhere\" does not exist")
        .hasMessageNotContaining("secret-word");
  }

  @Test
  void unknownUserIsToldAtOpening() {
    address = PostgresServer.address().replace("postgres:secret-word@", "nobody:secret-word@");

    assertThatThrownBy(() -> open(Map.of(), Records.of("id").row("1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nobody")
        .hasMessageContaining("check the user")
        .hasMessageNotContaining("secret-word");
  }

  @Test
  void otherDatabasesAreNotPromised() {
    address = "jdbc:mysql://localhost/shop";

    assertThatThrownBy(() -> open(Map.of(), Records.of("id").row("1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("postgresql://");
  }
}
