package dev.waybill.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.waybill.Disposition;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `-Dwaybill.simulation.runs=1000000` plays more, `-Dwaybill.simulation.seed=4711` replays one.
class SimulationTest {

  private static final long RUNS = Long.getLong("waybill.simulation.runs", 10_000);

  @Test
  void everyPromiseHoldsInEveryRun() {
    Long only = Long.getLong("waybill.simulation.seed");
    long from = only == null ? 1 : only;
    long to = only == null ? RUNS : only;
    int lives = 0;
    Map<Disposition, Long> ends = new EnumMap<>(Disposition.class);
    for (long seed = from; seed <= to; seed++) {
      try {
        Simulation.Result result = Simulation.play(seed, Plant.NONE);
        lives += result.lives();
        result.ends().forEach((end, count) -> ends.merge(end, count, Long::sum));
      } catch (RuntimeException | Error e) {
        fail("replay with -Dwaybill.simulation.seed=" + seed, e);
      }
    }
    System.out.printf("%,d runs, %,d lives, %s%n", to - from + 1, lives, ends);
    if (only == null) {
      assertThat(ends).as("all ends are met").containsOnlyKeys(Disposition.values());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void plantedFaultIsCaught(Plant plant) {
    for (long seed = 1; seed <= 5_000; seed++) {
      try {
        Simulation.play(seed, plant);
      } catch (Violation caught) {
        System.out.printf("%-22s seed %4d  %s%n", plant, seed, caught.getMessage());
        return;
      }
    }
    fail(plant + " was not noticed");
  }
}
