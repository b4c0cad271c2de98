package dev.waybill.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service that is killed with SIGKILL in mid-run, and started again: its run goes on by itself.
final class KilledServiceTest {

  private static final int KILLS = 3;
  private static final Tenant TENANT = new Tenant("local", "prod");
  private static final long MOST_MILLIS = 120_000;

  @TempDir Path directory;

  @Test
  void runGoesOnByItselfHoweverOftenTheServiceIsKilled() throws Exception {
    Workplace place = Workplace.in(directory);
    try (var server =
        SimulatorServer.start(
            Map.of("latency", "20ms", "key", "id", "idempotency-keys", "true", "bad", "0.01"))) {
      Path flows = Files.createDirectories(directory.resolve("flows"));
      String job = job(place, server);
      Files.writeString(flows.resolve("load.yaml"), job + "service: {every: 1m}\n");
      for (int kill = 0; kill < KILLS; kill++) {
        long before = server.count(GroundTruth::calls);
        try (Program service = service(flows)) {
          awaitCalls(service, server, before + 10);
          service.kill();
          // Once is enough.
          Files.writeString(flows.resolve("load.yaml"), job);
        }
      }
      try (Program service = service(flows);
          Store store = Store.open(directory.resolve("data").resolve("service.db").toString())) {
        FlowRun run = end(service, SqlCatalog.open(store));

        assertThat(run.counts().read()).isEqualTo(Workplace.RECORDS);
        assertThat(run.counts().delivered()).isEqualTo(server.count(GroundTruth::applied));
        assertThat(run.counts().delivered() + run.counts().rejected()).isEqualTo(Workplace.RECORDS);
        assertThat(server.count(GroundTruth::repeated)).isZero();
      }
    }
  }

  private static String job(Workplace place, SimulatorServer server) {
    return """
        source: {files: ['%s']}
        destination:
          to: %s/records
          options: {results: /results, idempotency-key-header: Idempotency-Key}
        mapping: {key: id}
        policy: {batch-size: %d, concurrency: %d}
        """
        .formatted(place.input(), server.uri(), Workplace.BATCH, Workplace.CONCURRENCY);
  }

  private Program service(Path flows) {
    var arguments = new ArrayList<>(List.of("serve", "--port", "0", "--runs-at-once", "1"));
    arguments.addAll(List.of("--data", directory.resolve("data").toString()));
    arguments.addAll(List.of("--flows", flows.toString()));
    return Program.startAsIs(directory.resolve("service.err"), arguments);
  }

  private static void awaitCalls(Program service, SimulatorServer server, long calls)
      throws InterruptedException {
    long until = System.currentTimeMillis() + MOST_MILLIS;
    while (server.count(GroundTruth::calls) < calls) {
      assertThat(System.currentTimeMillis()).isLessThan(until);
      assertThat(service.endsWithin(5)).isFalse();
    }
  }

  private static FlowRun end(Program service, Catalog catalog) throws InterruptedException {
    long until = System.currentTimeMillis() + MOST_MILLIS;
    while (true) {
      List<FlowRun> runs = catalog.runs(TENANT, new Query(List.of(), "createdAt", 1, null)).items();
      if (!runs.isEmpty() && runs.getFirst().state().isOver()) {
        return runs.getFirst();
      }
      assertThat(System.currentTimeMillis()).isLessThan(until);
      assertThat(service.endsWithin(100)).isFalse();
    }
  }
}
