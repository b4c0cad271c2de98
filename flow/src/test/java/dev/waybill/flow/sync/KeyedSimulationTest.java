package dev.waybill.flow.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `-Dwaybill.keyed.runs=10000` plays more flows, `-Dwaybill.keyed.seed=4711` replays one.
class KeyedSimulationTest {

  private static final long FLOWS = Long.getLong("waybill.keyed.runs", 60);

  /// Within so many flows a planted fault must show.
  private static final long MOST_SEEDS = 200;

  @TempDir Path directory;

  @Test
  void everyPromiseHoldsInEveryFlow() {
    Long only = Long.getLong("waybill.keyed.seed");
    int deaths = 0;
    int runs = 0;
    for (long seed = only == null ? 1 : only; seed <= (only == null ? FLOWS : only); seed++) {
      try {
        var result = KeyedSimulation.play(seed, KeyedPlant.NONE, ledger(seed));
        runs += result.runs();
        deaths += result.deaths();
      } catch (RuntimeException | Error e) {
        fail("replay with -Dwaybill.keyed.seed=" + seed, e);
      }
    }
    System.out.printf("%,d runs, of which %,d died%n", runs, deaths);
    if (only == null) {
      assertThat(deaths).as("processes that died").isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void plantedFaultIsCaught(KeyedPlant plant) {
    for (long seed = 1; seed <= MOST_SEEDS; seed++) {
      try {
        KeyedSimulation.play(seed, plant, ledger(seed));
      } catch (AssertionError caught) {
        System.out.printf("%-22s seed %4d  %s%n", plant, seed, caught.getMessage());
        return;
      }
    }
    fail(plant + " was not noticed");
  }

  private Path ledger(long seed) {
    return directory.resolve(seed + ".db");
  }
}
