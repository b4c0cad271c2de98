package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.cli.Cli.Said;
import dev.waybill.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {

  private static final String PEOPLE =
      "id,name,born\n1,Ada,1815-12-10\n2,Grace,1906-12-09\n2,Twin,1906-12-09\n3,Alan,1912-06-23\n";

  @TempDir Path directory;
  private Cli cli = new Cli(Path.of(""));
  private String people = "";

  @BeforeEach
  void begin() {
    cli = new Cli(directory);
    people = cli.file("people.csv", PEOPLE);
  }

  @Test
  void allDeliveredIsCodeZeroAndLeavesNoRetryFile() {
    Said said = cli.load(people, "--to", "sim:");
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("4  delivered", "0  rejected", "4  records");
    assertThat(said.out()).doesNotContain("Next:");
    assertThat(cli.left("success")).hasLineCount(5);
    assertThat(cli.hasLeft("retry")).isFalse();
  }

  @Test
  void rejectedRowsAreToldWithTheirReasonAndComeBack() {
    Said said = cli.load(people, "--to", cli.database(), "--key", "id");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("3  delivered", "1  rejected", "id 2 is there already", "line 4, 2")
        .containsPattern("Next: correct .*fail_.*csv and load it again, with --table people\\.");
    assertThat(cli.left("fail")).contains("2,Twin,1906-12-09");
  }

  @Test
  void correctedFailFileCanBeLoadedAsItIs() {
    cli.load(people, "--to", cli.database(), "--key", "id");
    String corrected = cli.left("fail").replace("2,Twin", "4,Twin");
    String again = cli.file("corrected.csv", corrected);
    Said said = cli.load(again, "--to", cli.database(), "--key", "id", "--table", "people");
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("1  delivered");
  }

  @Test
  void recordsInDoubtStandInTheRetryFileByteForByte() {
    Said said = cli.load(people, "--to", "sim:", "--option", "drop=1", "--batch-size", "4");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("4  unknown")
        .containsPattern("Next: load .*retry_.*csv to send what is in doubt again\\.");
    assertThat(cli.left("retry")).isEqualTo(PEOPLE);
  }

  @Test
  void jsonAccountIsOneObjectOnStandardOutput() {
    Said said = cli.load(people, "--to", cli.database(), "--key", "id", "--json");
    assertThat(said.out()).hasLineCount(1);
    assertThat(Json.read(said.out().strip())).isInstanceOf(Fields.class);
    assertThat(said.out())
        .contains(
            "\"exitCode\":1",
            "\"records\":4",
            "\"delivered\":3",
            "\"rejected\":1",
            "\"stopped\":null");
  }

  @Test
  void quietSaysNothingWhenAllGoesWell() {
    Said said = cli.load(people, "--to", "sim:", "--quiet");
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).isEmpty();
  }

  @Test
  void quietStillSaysWhyARunWasGivenUp() {
    Said said =
        cli.load(people, "--to", "sim:", "--option", "bad=1", "--fail-after", "1", "--quiet");
    assertThat(said.code()).isEqualTo(3);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).startsWith("waybill: The run was given up: ");
  }

  @Test
  void dryRunShowsTheFirstCallAndSendsNothing() {
    Said said = cli.load(people, "--to", cli.database(), "--key", "id", "--dry-run");
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("create table \"people\"", "insert into", "Ada");
    assertThat(cli.path("data.db")).doesNotExist();
    assertThat(cli.path("out")).doesNotExist();
  }

  @Test
  void startAtAndLimitCutAPieceOutOfTheInput() {
    Said said = cli.load(people, "--to", "sim:", "--start-at", "2", "--limit", "2");
    assertThat(said.out()).contains("2  records");
    assertThat(cli.left("success")).contains("3,").contains("4,").hasLineCount(3);
  }

  @Test
  void flagsOfTheMappingChangeWhatIsSent() {
    Said said =
        cli.load(
            people,
            "--to",
            "sim:",
            "--dry-run",
            "--map",
            "full=name",
            "--type",
            "id=integer",
            "--set",
            "origin=import",
            "--exclude",
            "born",
            "--expression",
            "shout=$uppercase(name)");
    assertThat(said.out())
        .contains("\"full\"", "import", "ADA", "\"id\"")
        .doesNotContain("1815-12-10");
  }

  @Test
  void batchSizeSaysHowManyRecordsGoInACall() {
    Said said = cli.load(people, "--to", "sim:", "--batch-size", "1", "--json");
    assertThat(said.out()).contains("\"calls\":4");
  }

  @Test
  void standardInputNeedsAFormat() {
    Said said = cli.load("-", "--to", "sim:");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("--format").contains("csv").contains("jsonl");
  }

  @Test
  void failAfterGivesTheRunUp() {
    Said said = cli.load(people, "--to", "sim:", "--option", "bad=1", "--fail-after", "2");
    assertThat(said.code()).isEqualTo(3);
    assertThat(said.out()).contains("The run was given up: ", "more than the 2 that are allowed");
  }

  @Test
  void throttlingBeyondPatienceGivesTheRunUpAndLosesNothing() {
    Said said =
        cli.says(
            "load",
            people,
            "--to",
            "sim:",
            "--option",
            "throttle=1",
            "--option",
            "retry-after=1h",
            "--patience",
            "1s",
            "--out",
            cli.path("out").toString());
    assertThat(said.code()).isEqualTo(3);
    assertThat(said.out()).contains("4  unprocessed", "what was not sent");
    assertThat(cli.left("retry")).isEqualTo(PEOPLE);
  }

  @Test
  void sqlScriptBesideTheDataMakesTheTable() {
    cli.file(
        "people.sql",
        "create table people (id int primary key, name text, born date"
            + " check (born < '1910-01-01'));");
    Said said = cli.load(people, "--to", cli.database());
    assertThat(said.err()).contains("people.sql");
    assertThat(said.out()).contains("2  delivered", "2  rejected", "violates the rule");
  }

  @Test
  void severalFilesAreOneInput() {
    String more = cli.file("more.csv", "id,name,born\n7,Kurt,1906-04-28\n");
    Said said = cli.load(people, more, "--to", "sim:");
    assertThat(said.out()).contains("5  delivered");
  }

  @Test
  void ratesAndOrderAndConcurrencyAreTaken() {
    Said said =
        cli.load(
            people,
            "--to",
            "sim:",
            "--rate",
            "1000",
            "--item-rate",
            "0",
            "--concurrency",
            "2",
            "--max-attempts",
            "2",
            "--max-failed-calls",
            "9",
            "--deadline",
            "1h",
            "--order",
            "per-key",
            "--key",
            "id");
    assertThat(said.code()).isZero();
  }

  @Test
  void optionsOfSourceAndDestinationArePassedOn() {
    String file = cli.file("p.csv", "id;name\n1;Ada\n");
    Said said =
        cli.load(
            file,
            "--source-option",
            "delimiter=;",
            "--to",
            cli.database(),
            "-o",
            "table=crew",
            "--json");
    assertThat(said.out()).contains("\"delivered\":1");
    Said twice =
        cli.load(file, "--source-option", "delimiter=;", "--to", cli.database(), "--table", "crew");
    assertThat(twice.code()).isZero();
  }

  @Test
  void destinationAddressIsShownWithoutItsPassword() {
    assertThat(dev.waybill.flow.job.Masked.address("postgresql://ann:s3cret@db:5432/x?password=y"))
        .isEqualTo("postgresql://ann:***@db:5432/x?password=***");
  }
}
