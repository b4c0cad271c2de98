package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.Cli.Said;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandsTest {

  private final Cli cli = new Cli(Path.of(""));

  @Test
  void helpNamesEveryCommand() {
    Said said = cli.says("--help");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("load", "run", "destinations", "sources", "simulate", "completion");
  }

  @Test
  void helpOfLoadHasExamplesAndExitCodes() {
    Said said = cli.says("load", "--help");
    assertThat(said.out())
        .contains("Examples:", "waybill load contacts.csv --to sqlite:contacts.db")
        .contains("Exit codes:", "3  the run was given up");
  }

  @Test
  void noCommandIsWrongUsage() {
    Said said = cli.says();
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("waybill COMMAND");
  }

  @Test
  void versionNamesJavaToo() {
    assertThat(cli.says("--version").out()).startsWith("waybill ").contains("Java ");
  }

  @Test
  void destinationsAreListed() {
    assertThat(cli.says("destinations").out())
        .contains("sqlite", "postgresql", "http, https", "akamai", "sim");
  }

  @Test
  void optionsOfADestinationAreListedWithTheirDefaults() {
    Said said = cli.says("destinations", "sqlite");
    assertThat(said.out().replaceAll("\\s+", " "))
        .contains(
            "--option NAME=VALUE", "table", "mode", "(one of insert, upsert; default: insert)");
  }

  @Test
  void unknownDestinationSuggests() {
    Said said = cli.says("destinations", "sqlit");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("did you mean 'sqlite'");
  }

  @Test
  void sourcesAreListedWithTheirOptions() {
    assertThat(cli.says("sources").out()).contains("csv", "jsonl");
    assertThat(cli.says("sources", "csv").out()).contains("delimiter", "--source-option");
  }

  @Test
  void completionKnowsCommandsAndFlags() {
    Said said = cli.says("completion");
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("--batch-size", "destinations", "--retry-after");
  }

  @Test
  void simulateHasTheOptionsOfTheSimulator() {
    assertThat(cli.says("simulate", "--help").out()).contains("--throttle", "--bad", "--port");
  }

  @Test
  void simulateRefusesPortsThatAreNone() {
    Said said = cli.says("simulate", "--port", "70000");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("--port");
  }
}
