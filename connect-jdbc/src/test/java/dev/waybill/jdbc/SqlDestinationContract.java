package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Preview;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What both databases do alike.
abstract class SqlDestinationContract {

  static final String CONTACTS =
      """
      create table contacts (
        id integer primary key,
        email varchar(60) not null unique,
        name varchar(20) check (length(name) <= 20),
        age integer check (age > 0),
        born date,
        active boolean
      )
      """;

  @TempDir Path folder;

  private final List<Destination<Fields>> opened = new ArrayList<>();

  abstract DestinationProvider provider();

  abstract String address();

  abstract Connection connect() throws SQLException;

  @AfterEach
  void closeDestinations() {
    opened.forEach(Destination::close);
  }

  Destination<Fields> open(Map<String, String> options, Records records, String... key) {
    return open(options, new Delivery(records.names(), records.fields(), List.of(key), "contacts"));
  }

  Destination<Fields> open(Map<String, String> options, Delivery delivery) {
    var destination =
        provider().open(address(), Options.of("it", provider().options(), options), delivery);
    opened.add(destination);
    return destination;
  }

  void sql(String... statements) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// The rows of a query, cells joined by `|`.
  List<String> rows(String query) throws SQLException {
    var rows = new ArrayList<String>();
    try (var connection = connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      while (result.next()) {
        var cells = new ArrayList<String>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  static Verdict.Rejected rejected(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Answered.class);
    var verdicts = ((Reply.Answered) reply).verdicts();
    assertThat(verdicts).singleElement().isInstanceOf(Verdict.Rejected.class);
    return (Verdict.Rejected) verdicts.getFirst();
  }

  static Reason reasonOfSingle(Reply reply) {
    return rejected(reply).reason();
  }

  @Test
  void batchIsInsertedIntoTheTableThatIsThere() throws Exception {
    sql(CONTACTS);
    var records =
        Records.of("id", "email", "age", "born", "active")
            .row("1", "a@x.org", "30", "1990-02-28", "yes")
            .row("2", "b@x.org", "", "", "false");

    Reply reply = open(Map.of(), records).send(records.batch());

    assertThat(reply).isEqualTo(Reply.accepted(2));
    assertThat(rows("select id, email, age, born from contacts order by id"))
        .containsExactly("1|a@x.org|30|1990-02-28", "2|b@x.org|null|null");
    assertThat(rows("select count(*) from contacts where active")).containsExactly("1");
  }

  @Test
  void missingTableIsMadeFromTheSample() throws Exception {
    var records =
        Records.of("id", "zip", "price", "member", "born", "seen", "note")
            .row("1", "01234", "1.50", "true", "1990-02-28", "2026-01-01T10:00:00", "")
            .row("2", "99999", "2", "false", "1990-03-01", "2026-01-01 10:00:01", "");

    Reply reply = open(Map.of("create-table", "true"), records, "id").send(records.batch());

    assertThat(reply).isEqualTo(Reply.accepted(2));
    assertThat(rows("select id, zip, price * 2, note from contacts order by id"))
        .extracting(row -> row.replaceAll("\\.0+(?=\\|)|(?<=\\.\\d)0+(?=\\|)", ""))
        .containsExactly("1|01234|3|null", "2|99999|4|null");
    assertThat(reasonOfSingle(open(Map.of(), records).send(onlyFirst(records))).message())
        .startsWith("id 1 is there already (UNIQUE ");
  }

  @Test
  void openingChangesNothing() throws Exception {
    var records = Records.of("id").row("1");

    open(Map.of("create-table", "true"), records);

    assertThatThrownBy(() -> sql("select * from contacts")).isInstanceOf(SQLException.class);
  }

  @Test
  void missingTableIsMadeByTheSchemaFile() throws Exception {
    Path schema = Files.writeString(folder.resolve("contacts.sql"), CONTACTS + "; select 1;");
    var records = Records.of("id", "email", "age").row("1", "a@x.org", "-1");

    var destination = open(Map.of("schema", schema.toString()), records);

    assertThat(reasonOfSingle(destination.send(records.batch())).message())
        .startsWith("age -1 violates the rule ")
        .contains("age > 0")
        .endsWith("(CHECK)");
  }

  @Test
  void declaredTypesHoldAgainstTheSample() throws Exception {
    var records = Records.of("id", "code").row("1", "7");

    var options = Map.of("create-table", "true", "types", "code:text");
    open(options, records).send(Records.of("id", "code").row("1", "seven").batch());

    assertThat(rows("select code from contacts")).containsExactly("seven");
  }

  @Test
  void badValueIsFoundBeforeAnythingIsSent() throws Exception {
    sql(CONTACTS);
    var records =
        Records.of("id", "email", "age", "born")
            .row("1", "a@x.org", "abc", "")
            .row("2", "b@x.org", "5", "1990-01-01")
            .row("3", "c@x.org", "5", "1990-02-30");

    Reply reply = open(Map.of(), records).send(records.batch());

    assertThat(reply)
        .isEqualTo(
            new Reply.Refused(
                Reason.of("bad_value", "age: 'abc' is not a whole number"), List.of(0, 2)));
    assertThat(rows("select * from contacts")).isEmpty();
  }

  @Test
  void badDateAloneIsRejectedForGood() throws Exception {
    sql(CONTACTS);
    var records = Records.of("id", "email", "born").row("3", "c@x.org", "1990-02-30");

    Verdict.Rejected verdict = rejected(open(Map.of(), records).send(records.batch()));

    assertThat(verdict.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(verdict.reason().message())
        .isEqualTo("born: '1990-02-30' is not a date (yyyy-MM-dd)");
  }

  @Test
  void rowsThatBreakRulesAreNamedAndNothingIsApplied() throws Exception {
    sql(CONTACTS);
    var records =
        Records.of("id", "email", "age")
            .row("1", "a@x.org", "1")
            .row("2", "", "1")
            .row("3", "c@x.org", "1")
            .row("4", "d@x.org", "0")
            .row("5", "a@x.org", "1")
            .row("6", "f@x.org", "1");

    Reply reply = open(Map.of(), records).send(records.batch());

    assertThat(reply).isInstanceOf(Reply.Refused.class);
    assertThat(((Reply.Refused) reply).suspects()).containsExactlyInAnyOrder(1, 3, 4);
    assertThat(rows("select * from contacts")).isEmpty();
  }

  @Test
  void emptyValueInNotNullColumnSaysSo() throws Exception {
    sql(CONTACTS);
    var records = Records.of("id", "email").row("2", "");

    Verdict.Rejected verdict = rejected(open(Map.of(), records).send(records.batch()));

    assertThat(verdict.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(verdict.reason().message()).isEqualTo("email must not be empty (NOT NULL)");
  }

  @Test
  void secondRowOfAKeyIsADuplicate() throws Exception {
    sql(CONTACTS, "insert into contacts (id, email) values (1, 'a@x.org')");
    var records = Records.of("id", "email").row("2", "a@x.org");

    Verdict.Rejected verdict = rejected(open(Map.of(), records).send(records.batch()));

    assertThat(verdict.kind()).isEqualTo(Kind.DUPLICATE);
    assertThat(verdict.reason().message()).startsWith("email 'a@x.org' is there already (UNIQUE ");
    assertThat(rows("select id from contacts")).containsExactly("1");
  }

  @Test
  void missingReferenceMayPassLater() throws Exception {
    sql(
        "create table firms (id integer primary key)",
        "create table contacts (id integer primary key, firm integer references firms (id))");
    var records = Records.of("id", "firm").row("1", "7");

    Verdict.Rejected verdict = rejected(open(Map.of(), records).send(records.batch()));

    assertThat(verdict.kind()).isEqualTo(Kind.PASSING);
    assertThat(verdict.reason().message()).contains("FOREIGN KEY");
  }

  @Test
  void ruleCheckedAtCommitRefusesTheBatch() throws Exception {
    sql(
        "create table firms (id integer primary key)",
        "create table contacts (id integer primary key, firm integer references firms (id)"
            + " deferrable initially deferred)");
    var records = Records.of("id", "firm").row("1", "7").row("2", "7");

    var destination = open(Map.of(), records);

    assertThat(destination.send(records.batch())).isInstanceOf(Reply.Refused.class);
    assertThat(rejected(destination.send(onlyFirst(records))).kind()).isEqualTo(Kind.PASSING);
    assertThat(rows("select * from contacts")).isEmpty();
  }

  @Test
  void upsertReplacesAndTheLaterRowWins() throws Exception {
    sql(CONTACTS, "insert into contacts (id, email, age) values (1, 'old@x.org', 9)");
    var records =
        Records.of("id", "email")
            .row("1", "a@x.org")
            .row("2", "b@x.org")
            .row("1", "c@x.org")
            .row("1", "d@x.org");

    var destination = open(Map.of("mode", "upsert"), records, "id");

    assertThat(destination.traits().idempotence()).isEqualTo(Traits.Idempotence.IDEMPOTENT);
    assertThat(destination.send(records.batch())).isEqualTo(Reply.accepted(4));
    assertThat(destination.send(records.batch())).isEqualTo(Reply.accepted(4));
    assertThat(rows("select id, email, age from contacts order by id"))
        .containsExactly("1|d@x.org|9", "2|b@x.org|null");
  }

  @Test
  void upsertThatBreaksAnotherUniqueRuleIsRejectedForGood() throws Exception {
    sql(CONTACTS, "insert into contacts (id, email) values (1, 'a@x.org')");
    var records = Records.of("id", "email").row("2", "a@x.org");

    var destination = open(Map.of("mode", "upsert", "key", "id"), records);

    assertThat(rejected(destination.send(records.batch())).kind()).isEqualTo(Kind.PERMANENT);
  }

  @Test
  void upsertOnlyOfKeysLeavesRowsAsTheyAre() throws Exception {
    sql("create table contacts (id integer primary key)");
    var records = Records.of("id").row("1").row("1").row("2");

    var destination = open(Map.of("mode", "upsert"), records, "id");

    assertThat(destination.send(records.batch())).isEqualTo(Reply.accepted(3));
    assertThat(rows("select id from contacts order by id")).containsExactly("1", "2");
  }

  @Test
  void upsertWithoutUniqueKeyIsRefusedAtOnce() throws Exception {
    sql("create table contacts (id integer, email text)");
    var records = Records.of("id", "email").row("1", "a@x.org");

    assertThatThrownBy(() -> open(Map.of("mode", "upsert", "key", "email"), records))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("create unique index on ")
        .hasMessageContaining("contacts")
        .hasMessageContaining("(\"email\")");
  }

  @Test
  void upsertWithoutKeyIsRefusedAtOnce() throws Exception {
    sql(CONTACTS);

    assertThatThrownBy(() -> open(Map.of("mode", "upsert"), Records.of("id").row("1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--option key=COLUMN");
  }

  @Test
  void recordsThatDifferFillOnlyTheirOwnColumns() throws Exception {
    sql("create table contacts (id integer primary key, a text default 'none', b text)");
    var records =
        Records.of("id", "b")
            .row(1, "x")
            .and(Records.of("id", "a").row(2, "y"))
            .and(Records.of("b", "id").row("z", 3));

    var destination =
        open(Map.of(), new Delivery(FieldNames.of(), records.fields(), List.of(), "contacts"));

    assertThat(destination.send(records.batch())).isEqualTo(Reply.accepted(3));
    assertThat(rows("select id, a, b from contacts order by id"))
        .containsExactly("1|none|x", "2|y|null", "3|none|z");
  }

  @Test
  void recordWithAnUnknownFieldIsRejectedAlone() throws Exception {
    sql("create table contacts (id integer primary key)");
    var records = Records.of("id").row(1).and(Records.of("id", "fone").row(2, "5"));

    var destination =
        open(Map.of(), new Delivery(FieldNames.of(), records.fields(), List.of(), "contacts"));

    assertThat(destination.send(records.batch()))
        .isEqualTo(
            new Reply.Refused(
                Reason.of("bad_value", "there is no column 'fone' in contacts; it has id"),
                List.of(1)));
  }

  @Test
  void nestedValuesBecomeJson() throws Exception {
    sql("create table contacts (id integer primary key, tags text)");
    var records = Records.of("id", "tags").row(1L, List.of("a", 2));

    open(Map.of(), records).send(records.batch());

    assertThat(rows("select tags from contacts")).containsExactly("[\"a\",2]");
  }

  @Test
  void everyCharacterArrivesAsItWas() throws Exception {
    sql("create table contacts (id integer primary key, name text)");
    String text = "tab\t nl\n cr\r back\\slash \\N \\. \"quoted\" 'single' ünï 漢字 🚚 ,;|";
    var records = Records.of("id", "name").row(1L, text).row(2L, "\\N").row(3L, "\\.");

    assertThat(open(Map.of(), records).send(records.batch())).isEqualTo(Reply.accepted(3));

    assertThat(rows("select name from contacts order by id")).containsExactly(text, "\\N", "\\.");
  }

  @Test
  void emptyTextStaysEmptyWhereAskedFor() throws Exception {
    sql("create table contacts (id integer primary key, name text not null)");
    var records = Records.of("id", "name").row(1L, "");

    assertThat(open(Map.of("empty", "text"), records).send(records.batch()))
        .isEqualTo(Reply.accepted(1));
  }

  @Test
  void columnThatTheTableLacksIsNamedAtOpening() throws Exception {
    sql(CONTACTS);

    assertThatThrownBy(() -> open(Map.of(), Records.of("id", "fone").row("1", "5")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no column 'fone' in contacts")
        .hasMessageContaining("id, email, name, age, born, active");
  }

  @Test
  void missingTableIsNamedWithThoseThatAreThere() throws Exception {
    sql(CONTACTS);

    assertThatThrownBy(
            () ->
                open(
                    Map.of("table", "contcats", "create-table", "false"),
                    Records.of("id").row("1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("There is no table 'contcats'")
        .hasMessageContaining("contacts");
  }

  @Test
  void withoutAnyNameTheTablesAreListed() throws Exception {
    sql(CONTACTS);
    var records = Records.of("id").row("1");

    assertThatThrownBy(
            () -> open(Map.of(), new Delivery(records.names(), records.fields(), List.of())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--table NAME")
        .hasMessageContaining("contacts");
  }

  @Test
  void schemaFileThatDoesNotRunIsNamed() throws Exception {
    Path schema = Files.writeString(folder.resolve("broken.sql"), "create tabel contacts (id)");

    assertThatThrownBy(() -> open(Map.of("schema", schema.toString()), Records.of("id").row("1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("broken.sql does not run")
        .hasMessageContaining("tabel");
  }

  @Test
  void tableDroppedUnderwayIsFatal() throws Exception {
    sql(CONTACTS);
    var records = Records.of("id", "email").row("1", "a@x.org");
    var destination = open(Map.of(), records);
    sql("drop table contacts");

    assertThat(destination.send(records.batch())).isInstanceOf(Reply.Fatal.class);
  }

  @Test
  void presenceIsToldByKey() throws Exception {
    sql(CONTACTS, "insert into contacts (id, email) values (1, 'a@x.org'), (3, 'c@x.org')");
    var records =
        Records.of("id", "email")
            .row("1", "a@x.org")
            .row("2", "b@x.org")
            .row("3", "other")
            .row("", "d@x.org")
            .row("x", "e@x.org");

    var findings = verifier(open(Map.of(), records, "id")).find(records.items());

    var presences = ((Findings.Found) findings).presences();
    assertThat(presences.subList(0, 3))
        .containsExactly(
            new Presence.Present(null), new Presence.Absent(), new Presence.Present(null));
    assertThat(presences.subList(3, 5)).allMatch(Presence.Undecided.class::isInstance);
  }

  @Test
  void previewShowsStatementAndValues() throws Exception {
    sql(CONTACTS);
    var records = Records.of("id", "email").row("1", "a@x.org");

    var destination = open(Map.of("mode", "upsert"), records, "id");

    assertThat(((Preview<Fields>) destination).preview(records.batch()))
        .contains("contacts", "\"id\"", "id = 1, email = 'a@x.org'", "on conflict (\"id\")");
  }

  private static Verifier<Fields> verifier(Destination<Fields> destination) {
    assertThat(destination).isInstanceOf(Verifier.class);
    return (Verifier<Fields>) destination;
  }

  static dev.waybill.Batch<Fields> onlyFirst(Records records) {
    return new dev.waybill.Batch<>(2, records.items().subList(0, 1), 1, "run-2");
  }
}
