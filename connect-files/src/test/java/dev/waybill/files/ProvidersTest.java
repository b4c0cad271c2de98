package dev.waybill.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {

  private static SourceProvider provider(String name) {
    return ServiceLoader.load(SourceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  private static Source open(String name, Path file) {
    SourceProvider provider = provider(name);
    return provider.open(List.of(file.toString()), Reading.options(name, provider.options()));
  }

  @Test
  void formatsAreRecognizedByTheirEndings() {
    assertThat(List.of("a.csv", "A.CSV.gz", "a.tsv", "data/*.tab"))
        .allMatch(provider("csv")::recognizes);
    assertThat(List.of("a.jsonl", "a.NDJSON.gz")).allMatch(provider("jsonl")::recognizes);
    assertThat(List.of("-", "a.txt", "a.json", "csv"))
        .noneMatch(provider("csv")::recognizes)
        .noneMatch(provider("jsonl")::recognizes);
  }

  @Test
  void tabSeparatesTheCellsOfTsvFiles(@TempDir Path directory) {
    try (var source = open("csv", Reading.file(directory, "a.tsv", "a\tb\n1\t2\n"))) {
      assertThat(source.columns().asList()).containsExactly("a", "b");
      assertThat(source.extension()).isEqualTo("tsv");
    }
  }

  @Test
  void jsonLinesHaveNoCommonColumns(@TempDir Path directory) {
    try (var source = open("jsonl", Reading.file(directory, "a.jsonl", "{\"a\":1}\n"))) {
      assertThat(source.columns().size()).isZero();
      assertThat(source.extension()).isEqualTo("jsonl");
    }
  }
}
