package dev.waybill.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.flow.job.Given;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobSettings;
import dev.waybill.flow.place.Place;
import dev.waybill.flow.place.Places;
import dev.waybill.flow.place.ReceiptLines;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.ledger.RunQuery;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs on a cluster of separate processes: one of these is killed with SIGKILL, jobs are stopped
/// with a savepoint and go on, and the program that waits is killed.
///
/// `-Dwaybill.flink.records=1000000` for a longer one.
final class FlinkClusterTest {

  private static final String JAR = "waybill.flink.job";
  private static final int RECORDS = Integer.getInteger("waybill.flink.records", 120_000);
  private static final int FILES = 4;
  private static final int FEW = 20_000;

  @TempDir static Path home;
  private static @Nullable FlinkCluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void startCluster() throws Exception {
    Path app = app();
    System.setProperty(JAR, app.resolve("waybill-flink-job.jar").toString());
    cluster = FlinkCluster.start(home.resolve("cluster"), app, 2);
  }

  @AfterAll
  static void stopCluster() {
    cluster().close();
  }

  private static FlinkCluster cluster() {
    return Objects.requireNonNull(cluster);
  }

  @Test
  void everyRecordIsAccountedForAfterAKillAndARescaling() throws Exception {
    FlinkCluster cluster = cluster();
    Map<String, String> faults =
        Map.ofEntries(
            Map.entry("key", "id"),
            Map.entry("idempotent", "true"),
            Map.entry("latency", "5ms"),
            Map.entry("bad", "0.001"),
            Map.entry("throttle", "0.01"),
            Map.entry("retry-after", "100ms"),
            Map.entry("fail-before", "0.01"),
            Map.entry("fail-after", "0.01"),
            Map.entry("drop", "0.01"),
            Map.entry("half", "0.01"),
            Map.entry("nonsense", "0.01"));
    try (SimulatorServer server = SimulatorServer.start(faults)) {
      var order = new Place.Order("run-1", job(server), "csv", directory.resolve("out"));
      CompletableFuture<Place.Done> first = submit(cluster, order, "?parallelism=2");
      String job = cluster.job();

      cluster.await("a third", () -> server.count(GroundTruth::applied) > RECORDS / 3);
      cluster.killTaskManager(0);
      cluster.addTaskManager();
      long killedAt = server.count(GroundTruth::applied);
      cluster.await("half", () -> server.count(GroundTruth::applied) > RECORDS / 2);

      String savepoint = cluster.stopWithSavepoint(job);
      Place.Done stopped = first.get();
      assertThat(stopped.ending()).isEqualTo(Place.Ending.STOPPED);
      cluster.await("four slots", () -> cluster.slots() == 4);

      Place.Done done = submit(cluster, order, "?parallelism=4&savepoint=" + savepoint).get();

      assertThat(done.failure()).isNull();
      assertThat(done.tally().settled()).isEqualTo(RECORDS);
      System.out.printf(
          "killed after %,d of %,d; %s; sent twice %,d%n",
          killedAt, RECORDS, done.tally(), server.count(GroundTruth::overwritten));
      accountAgrees(order.out().resolve("receipts"), server, done);
    }
  }

  /// The program is killed, the job is stopped with a savepoint and goes on, the next program is
  /// killed too, and the job is cancelled: in the end the ledger has every record.
  @Test
  void runIsAccountedForWhateverBecomesOfProgramAndJob() throws Exception {
    FlinkCluster cluster = cluster();
    Path ledger = directory.resolve("ledger.db");
    String address = cluster.address() + "?parallelism=2";
    try (SimulatorServer server =
        SimulatorServer.start(Map.of("key", "id", "idempotent", "true"))) {
      Path file = jobFile(server);
      try (Program program = program(ledger, "run", file.toString(), "--on", address)) {
        cluster.await("a fifth", () -> server.count(GroundTruth::applied) > FEW / 5);
        program.kill();
      }
      String savepoint = cluster.stopWithSavepoint(cluster.job());
      String further = address + "&savepoint=" + savepoint;
      try (Program program = program(ledger, "resume", "last", "--on", further)) {
        cluster.await("half", () -> server.count(GroundTruth::applied) > FEW / 2);
        program.kill();
      }
      try (Program program = program(ledger, "resume", "last", "--on", address)) {
        cluster.await("three fifths", () -> server.count(GroundTruth::applied) > FEW * 3 / 5);
        cluster.cancel(cluster.job());
        assertThat(program.end().code()).isNotZero();
      }
      try (Ledger books = Ledgers.open(ledger.toString(), Durability.PROCESS)) {
        assertThat(books.runs(RunQuery.newest(5))).hasSize(1);
        RunRecord run = books.find("last");
        assertThat(run.status()).isEqualTo(RunStatus.GIVEN_UP);
        assertThat(run.reason()).contains("it was cancelled on the cluster");
        assertThat(run.counts().settled()).isEqualTo(FEW);
        long delivered = run.counts().delivered();
        assertThat(delivered).isGreaterThan(FEW / 4);
        assertThat(server.count(GroundTruth::applied)).isBetween(delivered, (long) FEW);
        assertThat(run.counts().unknown()).isEqualTo(FEW - delivered);
      }
    }
  }

  private Program program(Path ledger, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--ledger", ledger.toString()));
    return Program.start(
        directory.resolve("stderr"), List.of("-D" + JAR + "=" + System.getProperty(JAR)), all);
  }

  private Path jobFile(SimulatorServer server) throws IOException {
    Path input = directory.resolve("few.csv");
    try (BufferedWriter out = Files.newBufferedWriter(input)) {
      out.write("id,name\n");
      for (int ordinal = 1; ordinal <= FEW; ordinal++) {
        out.write(id(ordinal) + ",name\n");
      }
    }
    return Files.writeString(
        directory.resolve("few.job.yaml"),
        """
        source: {files: %s}
        destination:
          to: %s/records
          options: {results: /results, idempotent: true}
        mapping: {key: id}
        policy: {batch-size: 100, rate: 40}
        out: %s
        """
            .formatted(input, server.uri(), directory.resolve("few")));
  }

  private static CompletableFuture<Place.Done> submit(
      FlinkCluster cluster, Place.Order order, String query) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Places.at("flink:").run(cluster.address() + query, order, tally -> {});
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void accountAgrees(Path receipts, SimulatorServer server, Place.Done done) {
    var ends = new Disposition[RECORDS + 1];
    var counts = new EnumMap<Disposition, Long>(Disposition.class);
    ReceiptLines.read(
        receipts,
        settlement ->
            settlement
                .items()
                .forEach(
                    item -> {
                      int ordinal = (int) item.ordinal();
                      assertThat(ends[ordinal]).as("an earlier end of %d", ordinal).isNull();
                      ends[ordinal] = settlement.disposition();
                      counts.merge(settlement.disposition(), 1L, Long::sum);
                    }));
    assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(RECORDS);
    assertThat(counts.getOrDefault(Disposition.DELIVERED, 0L)).isEqualTo(done.tally().delivered());
    for (int ordinal = 1; ordinal <= RECORDS; ordinal++) {
      String key = id(ordinal);
      long applied = server.count(truth -> truth.timesApplied(key));
      switch (ends[ordinal]) {
        case DELIVERED -> assertThat(applied).as("%s, delivered", key).isEqualTo(1);
        case REJECTED -> assertThat(applied).as("%s, rejected", key).isZero();
        case UNKNOWN, UNPROCESSED -> {}
      }
    }
  }

  private Job job(SimulatorServer server) throws IOException {
    var settings = new JobSettings();
    settings.files(input());
    settings.set(JobKey.TO, new Given(server.uri() + "/records", "--to"));
    settings.set(JobKey.BATCH_SIZE, new Given("500", "--batch-size"));
    settings.set(JobKey.CONCURRENCY, new Given("8", "--concurrency"));
    settings.destinationOption("results", "/results");
    settings.destinationOption("idempotent", "true");
    settings.mapping(Map.of("key", "id"));
    return settings.job();
  }

  private static String id(int ordinal) {
    return "r%08d".formatted(ordinal);
  }

  private List<String> input() throws IOException {
    var files = new ArrayList<String>();
    int ordinal = 0;
    for (int file = 1; file <= FILES; file++) {
      Path path = directory.resolve("part-" + file + ".csv");
      try (BufferedWriter out = Files.newBufferedWriter(path)) {
        out.write("id,name\n");
        while (ordinal < (long) RECORDS * file / FILES) {
          ordinal++;
          out.write(id(ordinal) + ",\"name of\n" + ordinal + "\"\n");
        }
      }
      files.add(path.toString());
    }
    return files;
  }

  /// Where the build has put the program for Flink.
  private static Path app() throws Exception {
    Path code =
        Path.of(
            Places.at("flink:")
                .getClass()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    // A folder of classes while a part of the build runs alone, and else the jar in target/app.
    return code.endsWith("classes") ? code.resolveSibling("app") : code.resolveSibling("");
  }
}
