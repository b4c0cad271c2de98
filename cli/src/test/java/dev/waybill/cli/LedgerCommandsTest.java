package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.Cli.Said;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LedgerCommandsTest {

  private static final String PEOPLE =
      "id,email\r\n1,a@x.example\r\n2,b@x.example\r\n3,\"c\"\"@x.example\"\r\n";

  @TempDir Path directory;
  private Cli cli = new Cli(Path.of(""));
  private String people = "";

  @BeforeEach
  void begin() {
    cli = new Cli(directory);
    people = cli.file("people.csv", PEOPLE);
  }

  private Said says(String... arguments) {
    return cli.says(
        Stream.concat(Stream.of(arguments), Stream.of("--ledger", cli.path("ledger.db").toString()))
            .toArray(String[]::new));
  }

  private Said load(String... arguments) {
    return says(
        Stream.of(
                Stream.of("load", people),
                Stream.of(arguments),
                Stream.of("--out", cli.path("out").toString(), "--patience", "20s"))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  private static long figure(String name, String json) {
    Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
    assertThat(matcher.find()).as(name + " in " + json).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void finishedRunIsListedAndShown() {
    Said loaded = load("--to", "sim:");
    String run = loaded.err().lines().findFirst().orElseThrow().substring("Run ".length());
    assertThat(loaded.out()).contains("run  " + run);
    assertThat(says("runs").out()).contains(run, "finished", "sim:");
    assertThat(says("show", run).out()).contains("3  delivered", "success_", "finished");
    assertThat(says("show", "last", "--json").out()).contains("\"delivered\":3");
    assertThat(says("runs", "--status", "interrupted").out()).isEmpty();
  }

  @Test
  void finishedRunCanNotBeResumedAndHasNothingToRetry() {
    load("--to", "sim:");
    Said resumed = says("resume", "last");
    assertThat(resumed.code()).isEqualTo(2);
    assertThat(resumed.err()).contains("is over", "waybill retry");
    Said retried = says("retry", "last");
    assertThat(retried.code()).isEqualTo(2);
    assertThat(retried.err()).contains("left no record unknown or unprocessed");
  }

  @Test
  void exportedRowsAreThoseOfTheInputByteForByte() {
    load("--to", "sim:", "--option", "drop=1", "--batch-size", "3");
    Path csv = cli.path("unknown.csv");
    Path json = cli.path("unknown.jsonl");
    assertThat(says("export", "last", "--disposition", "unknown", "--out", csv.toString()).code())
        .isZero();
    says("export", "last", "--disposition", "unknown", "--as", "jsonl", "--out", json.toString());
    assertThat(Cli.text(csv)).isEqualTo(PEOPLE);
    assertThat(Cli.text(json))
        .hasLineCount(3)
        .contains("{\"id\":\"3\",\"email\":\"c\\\"@x.example\"}");
  }

  @Test
  void changedInputIsNotSentAgain() {
    load("--to", "sim:", "--option", "drop=1");
    cli.file("people.csv", PEOPLE.replace("a@x", "z@x"));
    Said retried = says("retry", "last");
    assertThat(retried.code()).isEqualTo(2);
    assertThat(retried.err()).contains("The input is not the same", "people.csv");
  }

  @Test
  void secretGivenInTheClearIsNotKeptAndAskedFor() throws IOException {
    try (var server = SimulatorServer.start(Map.of("throttle", "1", "token", "hush"))) {
      load(
          "--to",
          server.uri() + "/records",
          "-o",
          "auth=bearer",
          "-o",
          "token=hush",
          "--deadline",
          "300ms");
      Said retried = says("retry", "last");
      assertThat(retried.code()).isEqualTo(2);
      assertThat(retried.err()).contains("The secret 'token'", "--option token=…");
      assertThat(says("show", "last", "--json").out()).doesNotContain("hush");
    }
  }

  @Test
  void duplicateInARetryConfirmsWhatWasInDoubt() throws IOException {
    String rows =
        IntStream.rangeClosed(1, 200)
            .mapToObj(i -> i + ",p" + i + "@x.example\n")
            .collect(Collectors.joining());
    people = cli.file("people.csv", "id,email\n" + rows);
    try (var server =
        SimulatorServer.start(
            Map.of("unique", "email", "drop", "0.3", "seed", "5", "refuse", "off"))) {
      Said loaded =
          load(
              "--to",
              server.uri() + "/records",
              "-o",
              "results=/results",
              "-o",
              "duplicate-codes=unique_violation",
              "--batch-size",
              "10",
              "--json");
      assertThat(figure("unknown", loaded.out())).isPositive();
      Said settled = says("retry", "last", "--until-settled", "--max-rounds", "8", "--json");
      assertThat(settled.code()).isZero();
      assertThat(settled.out()).doesNotContain("\"rejected\":1");
      assertThat(server.count(GroundTruth::applied)).isEqualTo(200);
      assertThat(server.count(GroundTruth::repeated)).isZero();
      assertThat(
              says("retry", says("runs").out().lines().toList().getLast().split(" ", 2)[0]).err())
          .contains("was taken up by run");
    }
  }

  @Test
  void ledgerThatIsOffKnowsNoRuns() {
    Said said = cli.says("runs");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("The ledger is off");
  }
}
