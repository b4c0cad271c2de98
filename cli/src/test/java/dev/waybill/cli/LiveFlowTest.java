package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.cli.Cli.Said;
import dev.waybill.flow.account.JsonAccount;
import dev.waybill.flow.account.Outcome;
import dev.waybill.flow.job.JobFile;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.live.LiveLaunch;
import dev.waybill.flow.live.LiveLife;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.run.LiveRun;
import dev.waybill.run.Report;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import dev.waybill.spi.Permits;
import dev.waybill.testkit.kafka.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Live flows from a real broker, in the words in which they were asked for.
@Timeout(180)
class LiveFlowTest {

  private final KafkaBroker broker = KafkaBroker.shared();
  private final String topic = "t" + UUID.randomUUID().toString().substring(0, 8);

  @TempDir Path directory;

  /// A run at work, as a service would have it.
  private static final class AtWork implements AutoCloseable {
    final LiveRun<Fields> run;
    final LiveLife life;
    private final LiveLaunch launch;
    private final Ledger ledger;
    private final FutureTask<Report> report;

    AtWork(String jobFile, String ledgerPlace) {
      ledger = Ledgers.open(ledgerPlace, Durability.PROCESS);
      try {
        launch =
            LiveLaunch.open(
                JobFile.read(Path.of(jobFile)).job(), Connectors.found(), Permits.everything());
        life = LiveLife.begun(ledger, launch, Instant.now());
      } catch (RuntimeException e) {
        ledger.close();
        throw e;
      }
      run = life.run(launch, null);
      report = new FutureTask<>(run::execute);
      Thread.ofPlatform().daemon().start(report);
    }

    void awaitSettled(long count) throws InterruptedException {
      while (run.progress().tally().settled() < count) {
        assertThat(report.isDone()).isFalse();
        Thread.onSpinWait();
      }
    }

    Report stop() throws InterruptedException {
      run.stop();
      try {
        Report end = report.get();
        var outcome =
            new Outcome(launch.job(), end, List.of(), Optional.empty(), 0, Optional.empty());
        life.end(end, JsonAccount.of(outcome));
        return end;
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }

    @Override
    public void close() {
      life.close();
      launch.close();
      ledger.close();
    }
  }

  private void make(int partitions) {
    broker.createTopic(topic, partitions);
  }

  private void write(int from, int to) {
    write(broker, IntStream.rangeClosed(from, to).mapToObj(LiveFlowTest::person).toList());
  }

  private static String person(int id) {
    return "{\"id\":" + id + ",\"email\":\"p" + id + "@x.example\"}";
  }

  private void write(KafkaBroker to, List<String> values) {
    try (var producer = producer(to)) {
      for (int i = 0; i < values.size(); i++) {
        var unused = producer.send(new ProducerRecord<>(topic, "k" + i, values.get(i)));
      }
    }
  }

  private void write(String key, @Nullable String value) {
    try (var producer = producer(broker)) {
      var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }
  }

  private static KafkaProducer<String, String> producer(KafkaBroker to) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", to.address()), new StringSerializer(), new StringSerializer());
  }

  /// The offsets that a group has committed, all partitions together.
  private long committed(String group) throws InterruptedException {
    try (var admin = broker.admin()) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(entry -> entry.getKey().topic().equals(topic))
          .mapToLong(entry -> entry.getValue().offset())
          .sum();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private String job(Cli cli, String name, String to, String more) {
    return job(cli, broker, name, to, more);
  }

  private String job(Cli cli, KafkaBroker from, String name, String to, String more) {
    return cli.file(
        name + ".job.yaml",
        """
        source:
          from: kafka://%s/%s
          options: {group: crm-%s}
        destination:
          to: %s
        %s
        live:
          flow: %s
        """
            .formatted(from.address(), topic, topic, to, more.stripIndent(), name)
            .replace("live:\n  flow", "live:\n  park-after: 2s\n  flow"));
  }

  private static final String TO_SIMULATOR =
      """
        options: {results: /results}
      policy: {batch-size: 20, concurrency: 4}
      mapping: {key: [id]}
      """;

  private static final String ACCOUNTED =
      "SELECT delivered + rejected + unknown + unprocessed FROM progress";

  @Test
  void flowIsStoppedAndGoesOnWhereItWas() throws Exception {
    var cli = new Cli(directory);
    String ledger = cli.path("ledger.db").toString();
    make(3);
    write(1, 500);
    try (var server = SimulatorServer.start(Map.of("key", "id"))) {
      String job = job(cli, "people", server.uri() + "/records", TO_SIMULATOR);
      try (var work = new AtWork(job, ledger)) {
        work.awaitSettled(500);
        assertThat(work.run.standing().held()).isLessThanOrEqualTo(500);
        assertThatThrownBy(() -> new AtWork(job, ledger))
            .isInstanceOf(UserException.class)
            .hasMessageStartingWith("The live flow people is being run already, by run ");
        assertThat(work.stop().tally().delivered()).isEqualTo(500);
      }
      assertThat(committed("crm-" + topic)).isEqualTo(500);
      write(501, 600);
      try (var work = new AtWork(job, ledger)) {
        work.awaitSettled(100);
        assertThat(work.stop().tally().delivered()).isEqualTo(100);
      }
      assertThat(server.count(GroundTruth::applied)).isEqualTo(600);
      assertThat(server.count(GroundTruth::repeated)).isZero();
    }
    Said runs = cli.says("runs", "--json", "--ledger", ledger);
    assertThat(runs.out()).contains("\"finished\"").doesNotContain("interrupted");
    Said resumed = cli.says("resume", "last", "--ledger", ledger);
    assertThat(resumed.err()).contains("is one of the live flow people, which goes on with it");
  }

  /// The destination refuses an order whose customer is missing, and one that is not JSON never
  /// leaves.
  @Test
  void poisonedRecordsHoldUpNobodyAreListedAndCanBeSentAgain() throws Exception {
    var cli = new Cli(directory);
    String ledger = cli.path("ledger.db").toString();
    Path database = cli.path("shop.db");
    sql(
        database,
        "CREATE TABLE customer (id integer PRIMARY KEY)",
        "CREATE TABLE orders (id integer PRIMARY KEY, customer integer NOT NULL REFERENCES"
            + " customer, text text)",
        "INSERT INTO customer VALUES (1)");
    make(1);
    write("1", "{\"id\":1,\"customer\":1,\"text\":\"first\"}");
    write("2", "{\"id\":2,\"customer\":77,\"text\":\"whose customer is missing\"}");
    write("x", "this is no JSON");
    write("3", "{\"id\":3,\"customer\":1,\"text\":\"third\"}");
    String job =
        job(
            cli,
            "orders",
            "sqlite:" + database,
            """
              options: {table: orders, mode: upsert}
            mapping: {key: [id]}
            """);
    try (var work = new AtWork(job, ledger)) {
      work.awaitSettled(4);
      String run = work.life.shortId();
      assertThat(sum(database, "SELECT count(*) FROM orders")).isEqualTo(2);
      // The ledger knows a moment later than the run does.
      Said shown = cli.says("show", run, "--ledger", ledger);
      while (!shown.out().contains("2  rejected")) {
        shown = cli.says("show", run, "--ledger", ledger);
      }
      assertThat(shown.out()).contains("not JSON");
      assertThat(cli.says("retry", run, "--ledger", ledger).err())
          .contains("left no record", "so nothing is to be sent");

      sql(database, "INSERT INTO customer VALUES (77)");
      Said again =
          cli.says(
              "retry",
              run,
              "--include",
              "rejected",
              "--ledger",
              ledger,
              "--out",
              cli.path("out").toString());
      assertThat(again.out()).as(again.err()).contains("1  delivered", "1  rejected");
      assertThat(cli.left("fail")).contains("this is no JSON");

      write("4", "{\"id\":4,\"customer\":77,\"text\":\"the flow has gone on\"}");
      work.awaitSettled(5);
      work.stop();
    }
    assertThat(sum(database, "SELECT count(*) FROM orders")).isEqualTo(4);
    assertThat(committed("crm-" + topic)).isEqualTo(5);
  }

  @Test
  void recordWithoutAValueDeletes() throws Exception {
    var cli = new Cli(directory);
    Path database = cli.path("people.db");
    sql(database, "CREATE TABLE person (id text PRIMARY KEY, name text)");
    make(1);
    write("7", "{\"name\":\"Ann\"}");
    write("8", "{\"name\":\"Bob\"}");
    write("7", "{\"name\":\"Anna\"}");
    write("7", null);
    write("9", "{\"name\":\"Cem\"}");
    String job =
        job(
            cli,
            "person",
            "sqlite:" + database,
            """
                  options: {table: person, mode: upsert}
                mapping: {key: [id]}
                """);
    Files.writeString(
        Path.of(job), Cli.text(Path.of(job)).replace("{group: ", "{key-field: id, group: "));
    try (var work = new AtWork(job, cli.path("ledger.db").toString())) {
      work.awaitSettled(5);
      assertThat(work.stop().tally().delivered()).isEqualTo(5);
    }
    assertThat(sum(database, "SELECT sum(id) FROM person")).isEqualTo(17);
  }

  @Test
  void twoMembersOfAGroupLoseNothingWhenPartitionsMove() throws Exception {
    var cli = new Cli(directory);
    make(4);
    write(1, 1_000);
    try (var server = SimulatorServer.start(Map.of("key", "id", "latency", "2ms"))) {
      String one = job(cli, "one", server.uri() + "/records", TO_SIMULATOR);
      String two = job(cli, "two", server.uri() + "/records", TO_SIMULATOR);
      try (var first = new AtWork(one, cli.path("one.db").toString())) {
        first.awaitSettled(100);
        try (var second = new AtWork(two, cli.path("two.db").toString())) {
          int last = 2_000;
          write(1_001, last);
          while (second.run.progress().tally().settled() < 50) {
            // The first goes on meanwhile; more comes until the second has its share.
            write(last + 1, last + 10);
            last += 10;
          }
          first.stop();
          write(last + 1, last + 100);
          while (server.count(GroundTruth::applied) < last + 100) {
            Thread.onSpinWait();
          }
          second.stop();
          assertThat(server.count(GroundTruth::applied)).isEqualTo(last + 100);
        }
      }
      assertThat(server.count(GroundTruth::repeated)).isZero();
    }
  }

  @Test
  void brokerThatRestartsIsWaitedFor() throws Exception {
    var cli = new Cli(directory);
    try (KafkaBroker own = KafkaBroker.started();
        var server = SimulatorServer.start(Map.of("key", "id"))) {
      own.createTopic(topic, 1);
      write(own, List.of(person(1)));
      String job = job(cli, own, "people", server.uri() + "/records", TO_SIMULATOR);
      try (var work = new AtWork(job, cli.path("ledger.db").toString())) {
        work.awaitSettled(1);
        own.stop();
        own.start();
        write(own, List.of(person(2)));
        work.awaitSettled(2);
        assertThat(work.stop().tally().delivered()).isEqualTo(2);
      }
      assertThat(server.count(GroundTruth::repeated)).isZero();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void killedFlowGoesOnAndNothingIsLostAndNothingSettledIsSentTwice() throws Exception {
    var cli = new Cli(directory);
    String ledger = cli.path("ledger.db").toString();
    int records = 2_000;
    make(3);
    write(1, records);
    try (var server = SimulatorServer.start(Map.of("key", "id", "latency", "20ms"))) {
      // The broker waits so long for the member that is no more.
      cli.file("client.properties", "session.timeout.ms=6000\nheartbeat.interval.ms=1000\n");
      String job = job(cli, "people", server.uri() + "/records", TO_SIMULATOR);
      Files.writeString(
          Path.of(job),
          Cli.text(Path.of(job))
              .replace(
                  "{group: ",
                  "{client-properties: " + cli.path("client.properties") + ", group: "));
      Process process = started(cli, job, ledger);
      while (server.count(GroundTruth::calls) < 30) {
        assertThat(process.isAlive()).as(() -> Cli.text(cli.path("stderr"))).isTrue();
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor();
      assertThat(committed("crm-" + topic)).isLessThanOrEqualTo(server.count(GroundTruth::applied));
      assertThat(cli.says("runs", "--ledger", ledger).out()).contains("interrupted");
      try (var work = new AtWork(job, ledger)) {
        assertThat(work.life.goesOn()).isTrue();
        while (sum(Path.of(ledger), ACCOUNTED) < records) {
          Thread.onSpinWait();
        }
        work.stop();
      }
      // What was in calls when the process was killed may have arrived, or not: nobody can say.
      assertThat(server.count(GroundTruth::applied))
          .isBetween(
              sum(Path.of(ledger), "SELECT delivered FROM progress"),
              sum(Path.of(ledger), "SELECT delivered + unknown FROM progress"));
      assertThat(server.count(GroundTruth::repeated)).isZero();
      assertThat(committed("crm-" + topic)).isEqualTo(records);
    }
    assertThat(sum(Path.of(ledger), ACCOUNTED)).isEqualTo(records);
    assertThat(sum(Path.of(ledger), "SELECT count(*) FROM run")).isEqualTo(1);
    assertThat(sum(Path.of(ledger), "SELECT count(*) FROM live_stretch")).isEqualTo(3);
    assertThat(sum(Path.of(ledger), "SELECT count(*) FROM in_doubt")).isZero();
  }

  private static Process started(Cli cli, String job, String ledger) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            job,
            "--ledger",
            ledger)
        .redirectOutput(cli.path("stdout").toFile())
        .redirectError(cli.path("stderr").toFile())
        .start();
  }

  private static void sql(Path database, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static long sum(Path database, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
