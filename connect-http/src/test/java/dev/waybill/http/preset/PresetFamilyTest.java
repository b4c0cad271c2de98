package dev.waybill.http.preset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The presets that come with this module.
class PresetFamilyTest {

  private static final Path FILES = Path.of("src/main/resources/dev/waybill/http/preset");

  static List<String> schemes() {
    return PresetFamily.schemes();
  }

  @Test
  void indexNamesEveryFile() throws IOException {
    try (var files = Files.list(FILES)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".yaml"))
                  .map(name -> name.replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(PresetFamily.schemes());
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void presetIsSoundAndSaysWhereItsFactsAreFrom(String scheme) throws IOException {
    Preset preset = PresetFamily.bundled(scheme);
    assertThat(preset.scheme()).isEqualTo(scheme);
    assertThat(Files.readString(FILES.resolve(scheme + ".yaml")))
        .startsWith("# ")
        .contains("https://");
    assertThat(preset.option("mode")).as("what a sync asks of it").isNotNull();
    assertThat(preset.options()).allSatisfy(own -> assertThat(own.summary()).endsWith("."));
  }

  @Test
  void namesAreKnownWithoutReadingFiles() {
    // The members are asked for whenever any destination is looked for.
    assertThat(new PresetFamily().members())
        .flatExtracting(DestinationProvider::schemes)
        .startsWith("braze", "hubspot")
        .endsWith("preset");
  }

  @Test
  void limitsAreListedAsDefaults() {
    assertThat(new PresetProvider("braze", () -> PresetFamily.bundled("braze")).options())
        .filteredOn(option -> option.name().equals("max-items"))
        .extracting(Option::defaultValue)
        .containsExactly("75");
  }
}
