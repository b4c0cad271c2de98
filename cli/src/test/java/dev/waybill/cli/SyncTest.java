package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.cli.Cli.Said;
import dev.waybill.json.Json;
import dev.waybill.sim.SimulatorServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A table that is kept equal to an API by key, run after run.
class SyncTest {

  /// How the API answers, and how the account is told.
  private static final List<String> TO_API = List.of("--option", "results=/results", "--json");

  @TempDir Path directory;

  private Cli cli;
  private SimulatorServer api;

  @BeforeEach
  void tableAndApi() {
    cli = new Cli(directory);
    api =
        SimulatorServer.start(
            Map.of("key", "id", "idempotent", "true", "bad", "email endsWith @invalid.example"));
    sql("pragma journal_mode=wal");
    sql("create table customer (id integer, email text, city text)");
    for (int id = 1; id <= 5; id++) {
      sql("insert into customer values (" + id + ", 'c" + id + "@example.com', 'Bern')");
    }
  }

  @AfterEach
  void stop() throws IOException {
    api.close();
  }

  @Test
  void onlyWhatIsNewOrHasChangedIsSent() {
    assertThat(account(sync()).get("delivered")).isEqualTo(5L);

    sql("update customer set city = 'Basel' where id = 2");
    sql("insert into customer values (6, 'c6@example.com', 'Genf')");
    Fields account = account(sync());

    assertThat(account.get("records")).isEqualTo(2L);
    assertThat(plan(account)).contains("unchanged=4", "new=1", "changed=1");
    assertThat(atApi()).isEqualTo(atSource()).hasSize(6);
    assertThat(api.count(truth -> truth.received())).isEqualTo(7);
  }

  @Test
  void nothingIsCalledWhenNothingHasChanged() {
    sync();
    long calls = api.count(truth -> truth.calls());

    Said said = sync();

    assertThat(said.code()).isZero();
    assertThat(account(said).get("calls")).isEqualTo(0L);
    assertThat(api.count(truth -> truth.calls())).isEqualTo(calls);
  }

  @Test
  void rejectedRecordPassesOnTheNextRunOnceItIsMendedUpstream() {
    spoilAddressOf3();
    Said first = sync();
    assertThat(first.code()).isEqualTo(1);
    assertThat(first.out()).contains("\"rejected\":1", "invalid.example' is not acceptable");
    assertThat(atApi()).doesNotContainKey("3");

    mendAddressOf3();
    Fields second = account(sync());

    assertThat(second.get("records")).isEqualTo(1L);
    assertThat(plan(second)).contains("tried again=1");
    assertThat(atApi()).isEqualTo(atSource());
    assertThat(state().out()).contains("5  accepted", "0  rejected");
  }

  @Test
  void whatIsNotAcceptedIsTriedAtEveryRunAndListedAsStillFailing() {
    spoilAddressOf3();
    sync();
    Fields second = account(sync());

    assertThat(second.get("records")).isEqualTo(1L);
    assertThat(second.get("rejected")).isEqualTo(1L);
    assertThat(state("--failing").out())
        .contains("3: still failing since ", ", in 2 runs: ", "is not acceptable");
  }

  @Test
  void stateTellsWhyRecordsFailAndSinceWhen() {
    spoilAddressOf3();
    sql("update customer set email = 'c4@invalid.example' where id = 4");
    sync();

    assertThat(state().out())
        .contains(
            "Why records fail",
            "           2  rejected: email … is not acceptable (invalid_value)",
            "              since ",
            "              4: email 'c4@invalid.example' is not acceptable",
            "All of them: waybill state customer --failing");
    assertThat(account(state("--json")).get("reasons"))
        .asInstanceOf(InstanceOfAssertFactories.list(Fields.class))
        .singleElement()
        .satisfies(reason -> assertThat(reason.get("count")).isEqualTo(2L))
        .satisfies(reason -> assertThat(reason.text("firstSeen")).endsWith("Z"));
  }

  @Test
  void whatIsRefusedAgainAndAgainCanBackOffByRuns() {
    spoilAddressOf3();
    long[] sent = new long[8];
    for (int run = 0; run < sent.length; run++) {
      sent[run] =
          (Long) Objects.requireNonNull(account(sync("--retry", "backoff")).get("rejected"));
    }
    // In the runs 1, 2, 4 and 8.
    assertThat(sent).containsExactly(1, 1, 0, 1, 0, 0, 0, 1);
  }

  @Test
  void correctedRecordDoesNotWaitForItsBackOff() {
    spoilAddressOf3();
    sync("--retry", "backoff");
    sync("--retry", "backoff");
    mendAddressOf3();

    assertThat(account(sync("--retry", "backoff")).get("delivered")).isEqualTo(1L);
  }

  @Test
  void mirrorDeletesWhatLeftTheSource() {
    mirror();
    sql("delete from customer where id in (4, 5)");
    Fields account = account(mirror());

    assertThat(plan(account)).contains("to delete=2");
    assertThat(account.get("delivered")).isEqualTo(2L);
    assertThat(atApi()).isEqualTo(atSource()).hasSize(3);
    assertThat(account(mirror()).get("calls")).isEqualTo(0L);
  }

  @Test
  void withoutMirrorWhatLeftTheSourceStays() {
    sync();
    sql("delete from customer where id = 5");
    assertThat(plan(account(sync()))).contains("gone from the source=1");
    assertThat(atApi()).hasSize(5);
  }

  @Test
  void sourceThatIsEmptyByMistakeDoesNotEmptyTheDestination() {
    mirror();
    sql("delete from customer");
    Said said = mirror();

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains(
            "5 of the 5 records that the destination has are gone from the source and would be"
                + " deleted, more than --max-deletes 50% allows");
    assertThat(atApi()).hasSize(5);

    assertThat(mirror("--override-limits").code()).isZero();
    assertThat(atApi()).isEmpty();
  }

  @Test
  void absurdChangeIsRefusedBeforeAnythingIsSent() {
    sync();
    long calls = api.count(truth -> truth.calls());
    sql("update customer set city = null");
    Said said = sync("--max-changes", "20%");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("5 of the 5 records", "--max-changes 20%");
    assertThat(api.count(truth -> truth.calls())).isEqualTo(calls);
    assertThat(sync("--max-changes", "20%", "--override-limits").code()).isZero();
  }

  @Test
  void ofSeveralRecordsWithOneKeyTheLastCounts() {
    sql("insert into customer values (1, 'later@example.com', 'Chur')");
    Fields account = account(sync());

    assertThat(plan(account)).contains("superseded by another of their key=1");
    assertThat(atApi().get("1")).contains("later@example.com");
  }

  @Test
  void orTheFirstOrNone() {
    sql("insert into customer values (1, 'later@example.com', 'Chur')");
    Fields refused = account(sync("--duplicates", "refuse"));
    assertThat(refused.get("rejected")).isEqualTo(2L);
    assertThat(refused.toString()).contains("several records of the source have the key");

    sync("--duplicates", "first");
    assertThat(atApi().get("1")).contains("c1@example.com");
  }

  @Test
  void recordWithoutKeyIsRejectedAndTheRestGoesOn() {
    sql("insert into customer values (null, 'nobody@example.com', 'Chur')");
    Said said = sync();

    assertThat(said.code()).isEqualTo(1);
    assertThat(account(said).get("delivered")).isEqualTo(5L);
    assertThat(said.out()).contains("the record has no value for its key (id)");
  }

  @Test
  void recordsWhoseKeyCanNotBeReadKeepAMirrorFromDeleting() {
    String csv = cli.file("people.csv", "id,email\n1,a@example.com\n2,b@example.com\n");
    assertThat(mirrorOf(csv).code()).isZero();
    cli.file("people.csv", "id,email\n1,a@example.com\n\"2,b@example.com\n");
    Fields account = account(mirrorOf(csv));

    assertThat(plan(account)).contains("not deleted, because keys could not be read=1");
    assertThat(atApi()).containsOnlyKeys("1", "2");
  }

  @Test
  void fullSyncSendsAll() {
    sync();
    assertThat(account(sync("--full")).get("delivered")).isEqualTo(5L);
  }

  @Test
  void lostStateIsRebuiltByAFullRun() {
    sync();
    assertThat(state("--reset").out()).contains("are forgotten");
    assertThat(account(sync()).get("delivered")).isEqualTo(5L);
    assertThat(account(sync()).get("records")).isEqualTo(0L);
  }

  @Test
  void oneKeyCanBeForgotten() {
    sync();
    state("--reset", "--key", "3");
    assertThat(account(sync()).get("delivered")).isEqualTo(1L);
  }

  @Test
  void stateOfAllKeysCanBeExported() {
    sync();
    assertThat(state("--export").out().lines().toList())
        .hasSize(5)
        .allMatch(line -> line.contains("\"state\":\"accepted\""));
  }

  @Test
  void dryRunSaysWhatWouldBeDoneAndSendsNothing() {
    Said said = sync("--dry-run");
    assertThat(said.out()).contains("5 records read: 5 new.");
    assertThat(api.count(truth -> truth.calls())).isZero();
    assertThat(account(sync()).get("delivered")).isEqualTo(5L);
  }

  @Test
  void dispositionsAreWrittenBackIntoTheSourcesDatabase() {
    spoilAddressOf3();
    sync("--write-back", "sync_log");

    assertThat(
            rows(
                "select record_key, disposition, reason from sync_log where disposition ="
                    + " 'rejected'"))
        .singleElement()
        .asString()
        .contains("3, rejected, ", "is not acceptable");
    assertThat(rows("select record_key from sync_log where disposition = 'delivered'")).hasSize(4);
  }

  @Test
  void destinationThatCanNotDeleteIsToldUpFront() {
    Said said = syncTo(api.uri() + "/records", "--mode", "mirror");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("delete-url");
  }

  @Test
  void flowOfTheSameNameThatGoesElsewhereIsRefused() {
    sync();
    Said said = syncTo("sqlite:" + cli.path("other.db"));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("The flow customer was kept in ", "--flow");
  }

  @Test
  void tableIsKeptEqualToATable() {
    String to = "sqlite:" + cli.path("copy.db");
    assertThat(syncTo(to, "--mode", "mirror").code()).isZero();
    sql("delete from customer where id = 1");
    sql("update customer set city = 'Chur' where id = 2");
    assertThat(syncTo(to, "--mode", "mirror").code()).isZero();

    assertThat(rows(cli.path("copy.db"), "select id, city from customer order by id"))
        .containsExactly("2, Chur", "3, Bern", "4, Bern", "5, Bern");
  }

  @Test
  void parquetFileIsKeptEqual() throws SQLException {
    String parquet = cli.path("people.parquet").toString();
    parquet("select range as id, 'p' || range as name from range(3)", parquet);
    assertThat(account(mirrorOf(parquet)).get("delivered")).isEqualTo(3L);
    parquet("select range as id, 'p' || range as name from range(1, 4)", parquet);

    assertThat(plan(account(mirrorOf(parquet)))).contains("unchanged=2", "new=1", "to delete=1");
    assertThat(atApi()).containsOnlyKeys("1", "2", "3");
  }

  private static void parquet(String query, String file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("copy (" + query + ") to '" + file + "' (format parquet)");
    }
  }

  @Test
  void runOfAKeyedFlowIsNotRetriedByItsRecordsNumbers() {
    spoilAddressOf3();
    sync();
    Said said = cli.says("retry", "last", "--include", "rejected", "--ledger", ledger());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("is one of the keyed flow customer", "waybill sync");
  }

  @Test
  void jobFileWithAPartSyncIsASync() {
    String job =
        cli.file(
            "customer.yaml",
            """
            source:
              from: %s
              options: { table: customer }
            destination:
              to: %s/records
              options: { results: /results, delete-url: "%s/records/{key}" }
            sync:
              key: id
              mode: mirror
            """
                .formatted(database(), api.uri(), api.uri()));
    assertThat(run("run", job).code()).isZero();
    sql("delete from customer where id = 1");
    assertThat(run("sync", job).code()).isZero();
    assertThat(atApi()).isEqualTo(atSource());
  }

  @Test
  void standardInputCanNotBeKeptEqual() {
    Said said = run("sync", "-", "--format", "csv", "--key", "id", "--to", api.uri() + "/records");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("reads its source twice");
  }

  private void spoilAddressOf3() {
    sql("update customer set email = 'c3@invalid.example' where id = 3");
  }

  private void mendAddressOf3() {
    sql("update customer set email = 'c3@example.com' where id = 3");
  }

  private Said state(String... more) {
    return cli.says(all(List.of("state", "customer", "--ledger", ledger()), List.of(more)));
  }

  /// The table to the API.
  private Said sync(String... more) {
    return syncTo(api.uri() + "/records", all(TO_API, List.of(more)));
  }

  /// The table to somewhere.
  private Said syncTo(String to, String... more) {
    return run(
        all(
            List.of("sync", database(), "--from-table", "customer", "--key", "id", "--to", to),
            List.of(more)));
  }

  private Said mirror(String... more) {
    return sync(all(mirroring(), List.of(more)));
  }

  /// A file to the API.
  private Said mirrorOf(String file) {
    return run(
        all(
            List.of("sync", file, "--key", "id", "--to", api.uri() + "/records"),
            List.of(all(TO_API, mirroring()))));
  }

  private List<String> mirroring() {
    return List.of("--mode", "mirror", "--option", "delete-url=" + api.uri() + "/records/{key}");
  }

  private static String[] all(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toArray(String[]::new);
  }

  private Said run(String... arguments) {
    return cli.says(
        all(
            List.of(arguments),
            List.of("--out", cli.path("out").toString(), "--ledger", ledger())));
  }

  private String ledger() {
    return cli.path("ledger.db").toString();
  }

  private String database() {
    return "sqlite:" + cli.path("source.db");
  }

  private static Fields account(Said said) {
    assertThat(said.out()).as(said.err()).startsWith("{");
    return (Fields) Objects.requireNonNull(Json.read(said.out()));
  }

  private static List<String> plan(Fields account) {
    Fields plan = (Fields) Objects.requireNonNull(account.get("plan"));
    return plan.names().asList().stream().map(name -> name + "=" + plan.get(name)).toList();
  }

  /// The records that the API has, by id.
  private Map<String, String> atApi() {
    try (InputStream in = URI.create(api.uri() + "/records").toURL().openStream()) {
      Fields answer = (Fields) Objects.requireNonNull(Json.read(in.readAllBytes()));
      var records = new TreeMap<String, String>();
      for (Object record : (List<?>) Objects.requireNonNull(answer.get("records"))) {
        records.put(((Fields) record).text("id"), Json.text(record));
      }
      return records;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, String> atSource() {
    var records = new TreeMap<String, String>();
    rows("select id, json_object('id', id, 'email', email, 'city', city) from customer")
        .forEach(
            row ->
                records.put(row.substring(0, row.indexOf(',')), row.replaceFirst("[0-9]+, ", "")));
    return records;
  }

  private List<String> rows(String query) {
    return rows(cli.path("source.db"), query);
  }

  private static List<String> rows(Path file, String query) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var all = new java.util.ArrayList<String>();
      while (rows.next()) {
        var row = new java.util.ArrayList<String>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        all.add(String.join(", ", row));
      }
      return all;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void sql(String statement) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + cli.path("source.db"));
        var executing = connection.createStatement()) {
      executing.execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
