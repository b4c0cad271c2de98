package dev.waybill.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.spi.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The pages tell every option with its default.
class DocumentationTest {

  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void pageOfSimListsEveryOptionWithItsDefault() throws IOException {
    String page = Files.readString(DOCS.resolve("destinations/sim.md"));

    for (Option option : new SimulationProvider().options()) {
      String start = "| `" + option.name() + "` | ";
      assertThat(page)
          .contains(
              option.defaultValue() == null ? start + "|" : start + "`" + option.defaultValue());
    }
  }

  @Test
  void pageOfSimulateListsTheOptionsThatSimDoesNotHave() throws IOException {
    String page = Files.readString(DOCS.resolve("simulate.md"));
    var shared = Behaviour.OPTIONS.stream().map(Option::name).toList();

    for (Option option : SimulatorServer.options()) {
      if (!shared.contains(option.name())) {
        assertThat(page).contains("`" + option.name() + "`");
      }
    }
  }
}
