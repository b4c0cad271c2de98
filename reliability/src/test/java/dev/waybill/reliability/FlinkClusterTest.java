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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A job on a cluster of separate processes, one of which is killed with SIGKILL, and which is then
/// stopped with a savepoint and goes on with twice the parallelism.
///
/// `-Dwaybill.flink.records=1000000` for a longer one.
final class FlinkClusterTest {

  private static final int RECORDS = Integer.getInteger("waybill.flink.records", 300_000);
  private static final int FILES = 4;

  @TempDir Path directory;

  @Test
  void everyRecordIsAccountedForAfterAKillAndARescaling() throws Exception {
    Path app = app();
    System.setProperty("waybill.flink.job", app.resolve("waybill-flink-job.jar").toString());
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
    try (SimulatorServer server = SimulatorServer.start(faults);
        FlinkCluster cluster = FlinkCluster.start(directory.resolve("cluster"), app, 2)) {
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
