package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.Cli.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each kind of bad input is one clear sentence, without a stack trace.
class BadInputTest {

  @TempDir Path directory;
  private Cli cli = new Cli(Path.of(""));
  private Said said = new Said(0, "", "");

  @BeforeEach
  void begin() {
    cli = new Cli(directory);
  }

  @AfterEach
  void noStackTraceEver() {
    assertThat(said.err()).doesNotContain("\tat ", "Exception");
    assertThat(said.out()).doesNotContain("\tat ");
  }

  private void refused(String... sentence) {
    assertThat(said.code()).as(said.err()).isEqualTo(2);
    assertThat(said.err()).startsWith("waybill: ").contains(sentence);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void missingFile() {
    said = cli.load(cli.path("none.csv").toString(), "--to", "sim:");
    refused("There is no file", "none.csv");
  }

  @Test
  void emptyFile() {
    said = cli.load(cli.file("empty.csv", ""), "--to", "sim:");
    refused("empty.csv", "empty");
  }

  @Test
  void headerAloneIsNothingToDeliver() {
    said = cli.load(cli.file("head.csv", "id,name\n"), "--to", "sim:");
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("0  records", "There was no record to deliver.");
  }

  @Test
  void wrongDelimiter() {
    said = cli.load(cli.file("semi.csv", "id;name;city\n1;Ada;London\n"), "--to", "sim:");
    assertThat(said.err() + said.out()).contains("delimiter");
    assertThat(said.code()).isEqualTo(2);
  }

  @Test
  void rowsTooShortOrTooLongAreRejectedAndTheRestGoesOn() {
    said = cli.load(cli.file("rows.csv", "id,name\n1,Ada\n2\n3,Al,x\n4,Eve\n"), "--to", "sim:");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("2  delivered", "2  rejected", "Line 3 has 1 cell");
    assertThat(cli.left("fail")).contains("3,Al,x");
  }

  @Test
  void quoteThatIsNotClosedIsToldWithItsLineAndLosesNothing() {
    said = cli.load(cli.file("quote.csv", "id,name\n1,Ada\n2,\"Al\n3,Eve\n"), "--to", "sim:");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("The quote opened in line 3");
    assertThat(cli.left("fail")).contains("\"Al");
  }

  @Test
  void badBytesRefuseTheirRowAlone() throws IOException {
    Path file = cli.path("latin.csv");
    Files.write(
        file, "id,name\n1,Ada\n2,J\u00fcrgen\n3,Eve\n".getBytes(StandardCharsets.ISO_8859_1));
    said = cli.load(file.toString(), "--to", "sim:");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("2  delivered", "Line 3 has bytes in column 'name'", "UTF-8");
  }

  @Test
  void rowOverTheSizeLimit() {
    said =
        cli.load(
            cli.file("big.csv", "id,name\n1," + "x".repeat(3_000) + "\n2,Al\n"),
            "--source-option",
            "max-row-bytes=1024",
            "--to",
            "sim:");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("1  delivered", "1024");
  }

  @Test
  void duplicateHeaderNames() {
    said = cli.load(cli.file("twice.csv", "id,name,id\n1,Ada,1\n"), "--to", "sim:");
    refused("twice.csv", "'id'");
  }

  @Test
  void unknownColumnInTheMapping() {
    said = cli.load(cli.file("p.csv", "id,email\n1,a\n"), "--to", "sim:", "--map", "mail=emial");
    refused("emial", "did you mean 'email'");
  }

  @Test
  void unknownType() {
    said = cli.load(cli.file("p.csv", "id,email\n1,a\n"), "--to", "sim:", "--type", "id=intger");
    refused("intger", "integer");
  }

  @Test
  void unreachableHost() {
    said =
        cli.load(
            cli.file("p.csv", "id\n1\n"), "--to", "http://127.0.0.1:1/x", "--max-attempts", "1");
    assertThat(said.code()).isIn(1, 2, 3);
    assertThat(said.err() + said.out()).contains("127.0.0.1:1");
  }

  @Test
  void missingTable() {
    said =
        cli.load(cli.file("p.csv", "id\n1\n"), "--to", cli.database(), "-o", "create-table=false");
    refused("There is no table 'p'", "--table");
  }

  @Test
  void directoryForTheFilesThatCanNotBeMade() {
    String file = cli.file("p.csv", "id\n1\n");
    said = cli.says("load", file, "--to", "sim:", "--out", file + "/out");
    refused("out");
  }

  @Test
  void unknownDestination() {
    said = cli.load(cli.file("p.csv", "id\n1\n"), "--to", "sqllite:x.db");
    refused("There is no destination 'sqllite'", "did you mean 'sqlite'");
  }

  @Test
  void destinationWithoutScheme() {
    said = cli.load(cli.file("p.csv", "id\n1\n"), "--to", "data.db");
    refused("--to takes SCHEME:ADDRESS");
  }

  @Test
  void noDestination() {
    said = cli.load(cli.file("p.csv", "id\n1\n"));
    refused("No destination is named", "--to");
  }

  @Test
  void unknownOptionOfTheDestination() {
    said = cli.load(cli.file("p.csv", "id\n1\n"), "--to", "sim:", "-o", "sed=4");
    refused("no option 'sed'", "seed");
  }

  @Test
  void optionWithoutAValue() {
    said = cli.load(cli.file("p.csv", "id\n1\n"), "--to", "sim:", "-o", "seed");
    refused("--option takes NAME=VALUE, not 'seed'");
  }

  @Test
  void secretWhoseVariableIsNotSet() {
    said =
        cli.load(
            cli.file("p.csv", "id\n1\n"),
            "--to",
            "http://127.0.0.1:1/",
            "-o",
            "auth=bearer",
            "-o",
            "token=env:WAYBILL_NO_SUCH_VARIABLE");
    refused("WAYBILL_NO_SUCH_VARIABLE is not set");
  }

  @Test
  void unknownFlagSuggests() {
    said = cli.load(cli.file("p.csv", "id\n1\n"), "--to", "sim:", "--bach-size", "3");
    refused("Unknown option: '--bach-size'", "--batch-size", "Try 'waybill load --help'.");
  }

  @Test
  void unknownCommandSuggests() {
    said = cli.says("laod", "x.csv");
    refused("There is no command 'laod' (did you mean 'load'?).");
  }

  @Test
  void flagsWithValuesThatAreNone() {
    String file = cli.file("p.csv", "id\n1\n");
    String[][] wrong = {
      {"--batch-size", "0", "a whole number from 1"},
      {"--batch-size", "ten", "a whole number from 1"},
      {"--start-at", "0", "a whole number from 1"},
      {"--limit", "-1", "a whole number from 1"},
      {"--concurrency", "1.5", "a whole number from 1"},
      {"--rate", "-4", "a number from 0"},
      {"--item-rate", "many", "a number from 0"},
      {"--max-attempts", "", "a whole number from 1"},
      {"--fail-after", "101%", "a number of records such as 500"},
      {"--fail-after", "some", "a number of records such as 500"},
      {"--deadline", "soon", "a length of time"},
      {"--patience", "0", "a length of time"},
      {"--order", "random", "takes none or per-key"},
    };
    for (String[] flag : wrong) {
      said = cli.says("load", file, "--to", "sim:", flag[0], flag[1]);
      refused(flag[0], flag[2], "not '" + flag[1] + "'");
    }
  }

  @Test
  void orderWithoutKey() {
    said = cli.load(cli.file("p.csv", "id\n1\n"), "--to", "sim:", "--order", "per-key");
    refused("--order per-key", "--key");
  }

  @Test
  void unknownFormat() {
    said = cli.load(cli.file("p.csv", "id\n1\n"), "--to", "sim:", "--format", "cvs");
    refused("There is no format 'cvs'", "did you mean 'csv'");
  }

  @Test
  void nameThatTellsNoFormat() {
    said = cli.load(cli.file("people.dat", "id\n1\n"), "--to", "sim:");
    refused("people.dat", "--format");
  }
}
