package dev.waybill.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.reliability.Program.Said;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A keyed flow whose runs are killed with SIGKILL, again and again, and each time simply run
/// again.
///
/// `-Dwaybill.kills.seed=N` kills after the same waits as the run that printed N; what the process
/// has come to by then, the machine decides.
final class KilledSyncTest {

  private static final long SEED =
      Long.getLong("waybill.kills.seed", System.currentTimeMillis() % 1_000_000);

  private static final int KILLS_OF_ONE = 3;
  private static final int IN_CALLS = Workplace.BATCH * Workplace.CONCURRENCY;

  /// How long it takes to send everything, in milliseconds.
  private static final int USUAL_MILLIS = Workplace.RECORDS / IN_CALLS * FarSide.LATENCY_MILLIS;

  @TempDir Path directory;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private int kills;

  /// How many keys a kill left in doubt, over all kills: each may have to be sent once more.
  private long doubts;

  @Test
  void destinationEqualsItsSourceAndOnlyWhatWasInDoubtIsSentTwice() throws Exception {
    System.out.println("-Dwaybill.kills.seed=" + SEED);
    Workplace place = Workplace.in(directory);
    var source = new TreeMap<String, String>();
    for (int i = 1; i <= Workplace.RECORDS; i++) {
      source.put(Workplace.id(i), "name of " + i);
    }
    try (SimulatorServer server =
        SimulatorServer.start(
            Map.of("key", "id", "idempotent", "true", "latency", FarSide.LATENCY_MILLIS + "ms"))) {
      long needed = keepEqual(source, place, server);
      for (int i = 1; i <= Workplace.RECORDS; i += 10) {
        source.put(Workplace.id(i), "new name of " + i);
        source.put(Workplace.id(i + 1), "new name of " + (i + 1));
        source.remove(Workplace.id(i + 2));
        source.put(Workplace.id(i + 2 + Workplace.RECORDS), "one more");
      }
      needed += keepEqual(source, place, server);

      assertThat(server.count(GroundTruth::received))
          .as("records sent, of which %,d were needed", needed)
          .isBetween(needed, needed + doubts);
      long calls = server.count(GroundTruth::calls);
      assertThat(sync(place, server).end()).isEqualTo(new Said(0, ""));
      assertThat(server.count(GroundTruth::calls)).as("calls").isEqualTo(calls);
      System.out.printf(
          "%,d kills, %,d keys in doubt, %,d sent, %,d of them needed%n",
          kills, doubts, server.count(GroundTruth::received), needed);
    }
  }

  /// Runs the flow until a run comes to its end.
  ///
  /// @return how many records differed
  private long keepEqual(Map<String, String> source, Workplace place, SimulatorServer server)
      throws Exception {
    Map<String, String> before = records(server);
    Files.writeString(
        place.input(),
        source.entrySet().stream()
            .map(record -> record.getKey() + "," + record.getValue() + "\n")
            .collect(Collectors.joining("", "id,name\n", "")));
    Program program = sync(place, server);
    for (int i = 0; i < KILLS_OF_ONE && !endsBeforeItsKill(program, server); i++) {
      program.kill();
      kills++;
      long doubtful = doubtful(place);
      assertThat(doubtful).as("in doubt").isLessThanOrEqualTo((long) kills * IN_CALLS);
      doubts += doubtful;
      program = sync(place, server);
    }
    assertThat(program.end()).isEqualTo(new Said(0, ""));
    assertThat(records(server)).isEqualTo(source);
    return source.entrySet().stream()
            .filter(record -> !record.getValue().equals(before.get(record.getKey())))
            .count()
        + before.keySet().stream().filter(key -> !source.containsKey(key)).count();
  }

  private static Program sync(Workplace place, SimulatorServer server) {
    return Program.start(
        place.directory().resolve("stderr"),
        List.of(
            "sync",
            place.input().toString(),
            "--to",
            server.uri() + "/records",
            "--key",
            "id",
            "--mode",
            "mirror",
            "--option",
            "results=/results",
            "--option",
            "delete-url=" + server.uri() + "/records/{key}",
            "--batch-size",
            "" + Workplace.BATCH,
            "--concurrency",
            "" + Workplace.CONCURRENCY,
            "--out",
            place.out().toString(),
            "--ledger",
            place.ledger().toString()));
  }

  /// Waits for a random moment, usually one at which records are being sent.
  private boolean endsBeforeItsKill(Program program, SimulatorServer server)
      throws InterruptedException {
    int wait = random.nextInt(USUAL_MILLIS);
    if (random.nextInt(4) == 0) {
      // Perhaps before its first call, while it still compares.
      return program.endsWithin(wait);
    }
    long before = server.count(GroundTruth::calls);
    while (server.count(GroundTruth::calls) == before) {
      if (program.endsWithin(1)) {
        return true;
      }
    }
    return program.endsWithin(wait);
  }

  private static long doubtful(Workplace place) {
    if (!Files.exists(place.ledger())) {
      return 0;
    }
    try (Ledger ledger = Ledgers.open(place.ledger().toString(), Durability.PROCESS)) {
      return ledger.states().stream().mapToLong(state -> state.summary().doubtful()).sum();
    }
  }

  /// What the destination has.
  private static Map<String, String> records(SimulatorServer server)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.uri() + "/records")).GET().build();
      byte[] body = client.send(request, BodyHandlers.ofByteArray()).body();
      Fields answer = (Fields) Objects.requireNonNull(Json.read(body));
      var records = new TreeMap<String, String>();
      for (Object record : (List<?>) Objects.requireNonNull(answer.get("records"))) {
        records.put(((Fields) record).text("id"), ((Fields) record).text("name"));
      }
      return records;
    }
  }
}
