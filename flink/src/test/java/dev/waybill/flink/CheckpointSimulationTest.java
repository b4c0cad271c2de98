package dev.waybill.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.waybill.Disposition;
import dev.waybill.delivery.Holding;
import dev.waybill.testkit.simulation.CheckpointSimulation;
import dev.waybill.testkit.simulation.CheckpointedWriter;
import dev.waybill.testkit.simulation.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// `-Dwaybill.simulation.runs=1000000` plays more, `-Dwaybill.simulation.seed=4711` replays one.
class CheckpointSimulationTest {

  private static final long RUNS = Long.getLong("waybill.simulation.runs", 2_000);

  @Test
  void everyPromiseHoldsInEveryJob() {
    Long only = Long.getLong("waybill.simulation.seed");
    int lives = 0;
    long sentAgain = 0;
    Map<Disposition, Long> ends = new EnumMap<>(Disposition.class);
    for (long seed = only == null ? 1 : only; seed <= (only == null ? RUNS : only); seed++) {
      try {
        CheckpointSimulation.Result result = CheckpointSimulation.play(seed, DepotWriter.MAKER);
        lives += result.lives();
        sentAgain += result.sentAgain();
        result.ends().forEach((end, count) -> ends.merge(end, count, Long::sum));
      } catch (RuntimeException | Error e) {
        fail("replay with -Dwaybill.simulation.seed=" + seed, e);
      }
    }
    System.out.printf(
        "%,d lives, %,d items that lost attempts had sent, ends %s%n", lives, sentAgain, ends);
    if (only == null) {
      assertThat(ends).containsOnlyKeys(Disposition.values());
    }
  }

  @Test
  void forgettingWhatWasUnderWayIsNoticed() {
    assertThat(noticed(held -> held.isUnsent() ? held : none(held))).isTrue();
  }

  @Test
  void takingDoubtForCertaintyIsNoticed() {
    assertThat(
            noticed(
                held ->
                    new Holding<>(
                        held.number(),
                        held.items(),
                        held.attempts(),
                        held.failures(),
                        held.rejections(),
                        held.next(),
                        Holding.Doubt.NONE)))
        .isTrue();
  }

  private static Holding<Integer> none(Holding<Integer> held) {
    return Holding.unsent(held.items().subList(0, 0));
  }

  /// Whether some job of the first few hundred breaks a promise when its checkpoints are falsified.
  private static boolean noticed(UnaryOperator<Holding<Integer>> fault) {
    CheckpointedWriter.Maker faulty =
        (index, parallelism, whole, nature, random, outside, held) -> {
          List<Holding<Integer>> falsified = new ArrayList<>();
          held.forEach(holding -> falsified.add(fault.apply(holding)));
          return DepotWriter.MAKER.make(
              index, parallelism, whole, nature, random, outside, falsified);
        };
    for (long seed = 1; seed <= 300; seed++) {
      try {
        CheckpointSimulation.play(seed, faulty);
      } catch (Violation violation) {
        return true;
      }
    }
    return false;
  }
}
