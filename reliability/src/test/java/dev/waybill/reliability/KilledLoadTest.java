package dev.waybill.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.reliability.Program.Said;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Loads that are killed with SIGKILL, again and again, and resumed until they are done.
///
/// `-Dwaybill.kills=500` kills more often. `-Dwaybill.kills.seed=N` kills after the same waits as
/// the run that printed N; what the process has come to by then, the machine decides.
final class KilledLoadTest {

  private static final int KILLS = Integer.getInteger("waybill.kills", 20);
  private static final long SEED =
      Long.getLong("waybill.kills.seed", System.currentTimeMillis() % 1_000_000);

  private static final int MOST_KILLS_OF_ONE = 5;
  private static final int NOTHING_TO_RESUME = 2;

  /// How long a load takes once it is in its stride, in milliseconds.
  private static final int USUAL_MILLIS =
      Workplace.RECORDS / Workplace.BATCH / Workplace.CONCURRENCY * FarSide.LATENCY_MILLIS;

  @TempDir Path directory;

  private final Map<Disposition, Long> ends = new EnumMap<>(Disposition.class);

  @Test
  void everyRecordIsAccountedForHoweverOftenTheLoadIsKilled() throws Exception {
    System.out.println("-Dwaybill.kills.seed=" + SEED);
    int kills = 0;
    int loads = 0;
    while (kills < KILLS) {
      long seed = SEED + loads++;
      try {
        kills += killedLoad(seed, directory.resolve("load-" + seed), KILLS - kills);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("load %d of -Dwaybill.kills.seed=%d".formatted(loads, SEED), e);
      }
    }
    System.out.printf("%,d kills of %,d loads, %s%n", kills, loads, ends);
  }

  /// @return how often it was killed
  private int killedLoad(long seed, Path home, int mostKills) throws Exception {
    var random = new SplittableRandom(seed);
    FarSide far = FarSide.of(seed, random);
    int kills = Math.min(mostKills, random.nextInt(1, MOST_KILLS_OF_ONE + 1));
    Workplace place = Workplace.in(home);
    try (SimulatorServer server = SimulatorServer.start(far.server())) {
      int killed = 0;
      Program program = place.load(server.uri() + "/records", far.options());
      while (killed < kills && !endsBeforeItsKill(program, server, random, killed > 0)) {
        program.kill();
        killed++;
        program = place.resume();
      }
      Said said = program.end();
      if (said.code() != NOTHING_TO_RESUME || !said.complaint().contains("nothing to resume")) {
        // Else it was killed when the ledger knew its end already.
        assertThat(said.complaint()).isEmpty();
        assertThat(said.code()).isIn(0, 1);
      }
      Account account = Account.of(place).against(server, far.nature());
      account.counts().forEach((end, count) -> ends.merge(end, count, Long::sum));
      return killed;
    }
  }

  /// Waits for a random moment of its life.
  private static boolean endsBeforeItsKill(
      Program program, SimulatorServer server, SplittableRandom random, boolean resumed)
      throws InterruptedException {
    boolean early = random.nextInt(5) == 0;
    int wait = random.nextInt(USUAL_MILLIS);
    if (resumed && early) {
      // Perhaps before its first call, when it has just taken up what the last one left.
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
}
