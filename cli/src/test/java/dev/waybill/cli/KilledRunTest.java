package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.Cli.Said;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A real process is killed in the middle of a load, and the run gone on with in this one.
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class KilledRunTest {

  private static final int RECORDS = 2_000;
  private static final int CALLS_BEFORE = 30;

  @TempDir Path directory;

  @Test
  void killedRunIsResumedAndEveryRecordHasOneEnd() throws Exception {
    var cli = new Cli(directory);
    String rows =
        IntStream.rangeClosed(1, RECORDS)
            .mapToObj(i -> i + ",p" + i + "@x.example\n")
            .collect(Collectors.joining());
    String file = cli.file("people.csv", "id,email\n" + rows);
    String ledger = cli.path("ledger.db").toString();
    try (var server =
        SimulatorServer.start(
            Map.of("latency", "20ms", "drop", "0.02", "bad", "0.01", "key", "email"))) {
      Process process = started(cli, file, server.uri() + "/records", ledger);
      while (server.count(GroundTruth::calls) < CALLS_BEFORE) {
        assertThat(process.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor();
      assertThat(cli.says("runs", "--ledger", ledger).out()).contains("interrupted");
      Said resumed = cli.says("resume", "last", "--json", "--ledger", ledger);
      long delivered = figure("delivered", resumed.out());
      long rejected = figure("rejected", resumed.out());
      long unknown = figure("unknown", resumed.out());
      assertThat(delivered + rejected + unknown + figure("unprocessed", resumed.out()))
          .isEqualTo(RECORDS);
      assertThat(server.count(GroundTruth::repeated)).isZero();
      assertThat(server.count(GroundTruth::applied)).isBetween(delivered, delivered + unknown);
      assertThat(cli.left("success")).hasLineCount((int) delivered + 1);
      assertThat(cli.left("fail")).hasLineCount((int) rejected + 1);
      assertThat(cli.left("retry")).hasLineCount((int) unknown + 1);
      assertThat(ids(cli)).hasSize(RECORDS).doesNotHaveDuplicates();
    }
  }

  /// The lines of the input that the run's files name.
  private static List<String> ids(Cli cli) {
    var ids = new ArrayList<String>();
    cli.left("success").lines().skip(1).forEach(row -> ids.add(line(row)));
    cli.left("fail").lines().skip(1).forEach(row -> ids.add(line(row)));
    cli.left("retry")
        .lines()
        .skip(1)
        .forEach(row -> ids.add("" + (1 + Integer.parseInt(row.split(",", 2)[0]))));
    return ids;
  }

  private static String line(String row) {
    return row.split(",", 3)[1];
  }

  private static long figure(String name, String json) {
    Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
    assertThat(matcher.find()).as(name + " in " + json).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static Process started(Cli cli, String file, String to, String ledger)
      throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "load",
            file,
            "--to",
            to,
            "--option",
            "results=/results",
            "--batch-size",
            "20",
            "--concurrency",
            "2",
            "--out",
            cli.path("out").toString(),
            "--ledger",
            ledger);
    return new ProcessBuilder(command)
        .redirectOutput(cli.path("stdout").toFile())
        .redirectError(cli.path("stderr").toFile())
        .start();
  }
}
