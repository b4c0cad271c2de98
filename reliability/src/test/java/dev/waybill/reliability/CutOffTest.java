package dev.waybill.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.reliability.Account.Nature;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import dev.waybill.testkit.FaultProxy;
import dev.waybill.testkit.FaultProxy.Fault;
import dev.waybill.testkit.FaultScript;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The destination goes away in the middle of a load, or the network does.
final class CutOffTest {

  private static final List<String> OPTIONS = List.of("results=/results", "answer-timeout=300ms");
  private static final long SOME_CALLS = 20;
  private static final long AWAY_MILLIS = 300;

  @TempDir Path directory;

  private Workplace place = new Workplace(Path.of(""), Path.of(""), Path.of(""));

  @BeforeEach
  void begin() {
    place = Workplace.in(directory);
  }

  private static SimulatorServer server() {
    return SimulatorServer.start(Map.of("key", "id", "latency", "10ms"));
  }

  /// Waits until the server has had so many calls.
  private static void awaitCalls(Program program, SimulatorServer server) throws Exception {
    while (server.count(GroundTruth::calls) < SOME_CALLS) {
      assertThat(program.endsWithin(1)).as("over before it was cut off").isFalse();
    }
  }

  @Test
  void destinationThatWasAwayForAWhileGetsTheRest() throws Exception {
    try (SimulatorServer server = server();
        Program program = place.load(server.uri() + "/records", OPTIONS)) {
      awaitCalls(program, server);
      server.goDown();
      assertThat(program.endsWithin(AWAY_MILLIS)).isFalse();
      server.comeBack();

      assertThat(program.end().code()).isIn(0, 1);

      Account account = Account.of(place).against(server, Nature.NOT_IDEMPOTENT);
      long doubtful = account.counts().getOrDefault(Disposition.UNKNOWN, 0L);
      assertThat(doubtful).isLessThanOrEqualTo(Workplace.BATCH * Workplace.CONCURRENCY);
      assertThat(account.counts())
          .containsEntry(Disposition.DELIVERED, Workplace.RECORDS - doubtful)
          .containsEntry(Disposition.UNPROCESSED, 0L);
    }
  }

  @Test
  void loadThatIsKilledWhileItsDestinationIsAwayGoesOnWhenBothAreBack() throws Exception {
    try (SimulatorServer server = server()) {
      try (Program program = place.load(server.uri() + "/records", OPTIONS)) {
        awaitCalls(program, server);
        server.goDown();
        assertThat(program.endsWithin(AWAY_MILLIS)).isFalse();
        program.kill();
      }
      server.comeBack();
      try (Program program = place.resume()) {
        assertThat(program.end().code()).isIn(0, 1);
      }
      Account.of(place).against(server, Nature.NOT_IDEMPOTENT);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PASS")
  void cutConnectionsLoseAndDoubleNothing(Fault fault) throws Exception {
    try (SimulatorServer server = server();
        var proxy = FaultProxy.before(server.port(), FaultScript.seeded(7, Map.of(fault, 0.05)));
        Program program = place.load("http://127.0.0.1:" + proxy.port() + "/records", OPTIONS)) {

      assertThat(program.end().code()).isIn(0, 1);

      assertThat(proxy.count(fault)).isPositive();
      Account.of(place).against(server, Nature.NOT_IDEMPOTENT);
    }
  }

  @Test
  void networkThatWasCutForAWhileLosesNothingAlsoIfTheLoadIsKilledMeanwhile() throws Exception {
    try (SimulatorServer server = server();
        var proxy = FaultProxy.before(server.port(), FaultScript.always(Fault.PASS))) {
      try (Program program = place.load("http://127.0.0.1:" + proxy.port() + "/records", OPTIONS)) {
        awaitCalls(program, server);
        proxy.refuse();
        assertThat(program.endsWithin(AWAY_MILLIS)).isFalse();
        program.kill();
      }
      proxy.accept();
      try (Program program = place.resume()) {
        assertThat(program.end().code()).isIn(0, 1);
      }
      Account.of(place).against(server, Nature.NOT_IDEMPOTENT);
    }
  }
}
