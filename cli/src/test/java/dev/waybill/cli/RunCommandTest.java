package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.Cli.Said;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

  @TempDir Path directory;
  private Cli cli = new Cli(Path.of(""));
  private String job = "";

  @BeforeEach
  void begin() {
    cli = new Cli(directory);
    String people = cli.file("people.csv", "id,name\n1,Ada\n2,Grace\n");
    job =
        cli.file(
            "job.yaml",
            """
            source:
              files: ["%s"]
            destination:
              to: "sim:"
              options:
                seed: 7
            mapping:
              key: id
              fields:
                greeting: {value: hello}
            policy:
              batch-size: 1
              patience: 20s
            out: "%s"
            """
                .formatted(people, directory.resolve("out")));
  }

  @Test
  void doesWhatTheJobFileSays() {
    Said said = cli.says("run", job, "--json");
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("\"delivered\":2", "\"calls\":2");
  }

  @Test
  void flagsOverrideTheJobFile() {
    Said said = cli.says("run", job, "--json", "--batch-size", "10", "--limit", "1");
    assertThat(said.out()).contains("\"delivered\":1", "\"calls\":1");
  }

  @Test
  void filesOverrideThoseOfTheJob() {
    String other = cli.file("other.csv", "id,name\n1,A\n2,B\n3,C\n");
    assertThat(cli.says("run", job, other, "--json").out()).contains("\"delivered\":3");
  }

  @Test
  void mappingFlagsComeOnTopOfTheJobsMapping() {
    Said said = cli.says("run", job, "--set", "more=x", "--dry-run");
    assertThat(said.out()).contains("greeting", "more");
  }

  @Test
  void missingJobFileIsToldAsSuch() {
    Said said = cli.says("run", "none.yaml");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("There is no job file none.yaml");
  }
}
