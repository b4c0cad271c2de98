package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.flow.account.JsonAccount;
import dev.waybill.flow.account.Outcome;
import dev.waybill.flow.job.JobFile;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.live.LiveLaunch;
import dev.waybill.flow.live.LiveLife;
import dev.waybill.json.Json;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.run.LiveRun;
import dev.waybill.run.Report;
import dev.waybill.sim.SimulatorServer;
import dev.waybill.spi.Permits;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A PostgreSQL table that is kept equal to an API by its changes, while both fail.
class LiveChangesTest {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  @TempDir Path directory;

  private static EmbeddedPostgres database;

  private SimulatorServer api;

  @BeforeAll
  static void startDatabase() throws IOException {
    database =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("wal_level", "logical")
            .start();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    database.close();
  }

  @BeforeEach
  void tableAndApi() {
    api = api(Map.of());
    sql("create table customer (id int primary key, email text not null, city text)");
    sql(
        "insert into customer select n, 'c' || n || '@example.com', 'Bern'"
            + " from generate_series(1, 200) n");
  }

  /// An API that takes the place of a record by its id, and refuses a whole call for one bad email.
  private static SimulatorServer api(Map<String, String> faults) {
    var settings = new HashMap<>(faults);
    settings.putAll(
        Map.of(
            "key", "id",
            "idempotent", "true",
            "bad", "email endsWith @invalid.example",
            "refuse", "unnamed",
            "keep", "records"));
    return SimulatorServer.start(settings);
  }

  @AfterEach
  void stop() throws IOException {
    api.close();
    sql("drop table customer");
    sql("drop publication waybill_customer");
    sql(
        "select pg_terminate_backend(active_pid) from pg_replication_slots"
            + " where active_pid is not null");
    await(() -> ask("select count(*) from pg_replication_slots where active").equals("0"));
    sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots");
  }

  @Test
  void tableAndApiAreEqualOnceTheTableRestsWhateverFailed() throws IOException {
    api.close();
    api =
        api(
            Map.of(
                "throttle", "0.03",
                "retry-after", "100ms",
                "fail-before", "0.05",
                "fail-after", "0.05",
                "drop", "0.05"));
    try (var flow = new Flow("1h")) {
      sql("update customer set city = 'Basel' where id % 3 = 0");
      sql("delete from customer where id % 10 = 1");
      await(() -> api.count(truth -> truth.applied()) > 0);
      api.goDown();
      sql("insert into customer values (201, 'c201@example.com', 'Genf')");
      sql("update customer set id = id + 1000 where id % 10 = 2");
      sql(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where pid <> pg_backend_pid() and datname is not null");
      sql("update customer set city = 'Chur' where id % 7 = 0");
      api.comeBack();
      awaitEqual();
      await(() -> flow.run.standing().held() == 0);
      assertThat(flow.stop().tally().rejected()).isZero();
    }
    sql("delete from customer where id % 10 = 3");
    sql("insert into customer values (202, 'c202@example.com', 'Zug')");
    try (var flow = new Flow("1h")) {
      awaitEqual();
      await(() -> flow.run.standing().held() == 0);
      // Nothing of what was settled came again: what is new are twenty deletions and one row.
      assertThat(flow.stop().tally().delivered()).isEqualTo(21);
    }
    assertThat(api.count(truth -> truth.outOfOrder())).isZero();
  }

  @Test
  void rejectedRecordIsParkedAndPassesOnceItIsMendedUpstream() {
    try (var flow = new Flow("1s")) {
      sql("update customer set email = 'c3@invalid.example' where id = 3");
      await(() -> flow.run.progress().tally().rejected() == 1);
      sql("update customer set email = 'c3@example.com', city = 'Thun' where id = 3");
      awaitEqual();
      assertThat(flow.stop().reasons().toString()).contains("is not acceptable");
    }
  }

  /// The flow at work in this process.
  private final class Flow implements AutoCloseable {

    private final LiveLaunch launch;
    private final Ledger ledger;
    private final LiveLife life;
    private final LiveRun<Fields> run;
    private final CompletableFuture<Report> report;

    Flow(String parkAfter) {
      String job =
          """
          source:
            from: postgresql-changes://postgres@localhost:%d/postgres
            options: { table: customer }
          destination:
            to: %s/records
            options:
              results: /results
              delete-url: %2$s/records/{key}
              idempotent: true
              answer-timeout: 2s
          mapping:
            key: id
          policy: { batch-size: 20, patience: 1h }
          live: { park-after: %s }
          """
              .formatted(database.getPort(), api.uri(), parkAfter);
      var settings = JobFile.read(Path.of(new Cli(directory).file("job.yaml", job)));
      launch = LiveLaunch.open(settings.job(), Connectors.found(), Permits.everything());
      ledger = Ledgers.open(directory.resolve("ledger.db").toString(), Durability.PROCESS);
      life = LiveLife.begun(ledger, launch, Instant.now());
      run = life.run(launch, null);
      report = CompletableFuture.supplyAsync(run::execute);
    }

    Report stop() {
      run.stop();
      Report ended = report.join();
      life.end(
          ended,
          JsonAccount.of(
              new Outcome(
                  launch.job(), ended, List.of(), Optional.empty(), 0, Optional.of(life.id()))));
      return ended;
    }

    @Override
    public void close() {
      life.close();
      ledger.close();
      launch.close();
    }
  }

  private void awaitEqual() {
    await(() -> atApi().equals(atSource()));
    assertThat(atApi()).isEqualTo(atSource());
  }

  private static void await(BooleanSupplier reached) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!reached.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private Map<String, String> atApi() {
    try (InputStream in = URI.create(api.uri() + "/records").toURL().openStream()) {
      Fields answer = (Fields) Objects.requireNonNull(Json.read(in.readAllBytes()));
      var records = new TreeMap<String, String>();
      for (Object record : (List<?>) Objects.requireNonNull(answer.get("records"))) {
        records.put(String.valueOf(((Fields) record).text("id")), Json.text(record));
      }
      return records;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> atSource() {
    var records = new TreeMap<String, String>();
    try (var connection = DriverManager.getConnection(database.getJdbcUrl("postgres", "postgres"));
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select id, json_build_object('id', id, 'email', email, 'city', city)"
                    + " from customer")) {
      while (rows.next()) {
        records.put(rows.getString(1), Json.text(Json.read(rows.getString(2))));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return records;
  }

  private static String ask(String query) {
    try (var connection = DriverManager.getConnection(database.getJdbcUrl("postgres", "postgres"));
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void sql(String statement) {
    try (var connection = DriverManager.getConnection(database.getJdbcUrl("postgres", "postgres"));
        var executing = connection.createStatement()) {
      executing.execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
