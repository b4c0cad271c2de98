package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.waybill.Disposition;
import dev.waybill.testkit.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The simulation's runs, crashes included, over a ledger on a real file.
/// `-Dwaybill.simulation.runs=10000` plays more, `-Dwaybill.simulation.seed=4711` replays one.
final class SimulatedLivesTest {

  private static final long RUNS = Long.getLong("waybill.simulation.runs", 300);

  @TempDir Path directory;

  @Test
  void everyPromiseHoldsInEveryRun() throws IOException {
    Long only = Long.getLong("waybill.simulation.seed");
    long from = only == null ? 1 : only;
    long to = only == null ? RUNS : only;
    int lives = 0;
    Map<Disposition, Long> ends = new EnumMap<>(Disposition.class);
    for (long seed = from; seed <= to; seed++) {
      Path place = Files.createDirectory(directory.resolve("seed-" + seed));
      try (var ledger = new SqliteInSimulation(place)) {
        Simulation.Result result = Simulation.play(seed, ledger);
        lives += result.lives();
        result.ends().forEach((end, count) -> ends.merge(end, count, Long::sum));
      } catch (RuntimeException | Error e) {
        fail("replay with -Dwaybill.simulation.seed=" + seed, e);
      }
      delete(place);
    }
    System.out.printf("%,d runs on SQLite, %,d lives, %s%n", to - from + 1, lives, ends);
    if (only == null) {
      assertThat(ends).as("all ends are met").containsOnlyKeys(Disposition.values());
    }
  }

  private static void delete(Path place) throws IOException {
    try (var files = Files.newDirectoryStream(place)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(place);
  }
}
