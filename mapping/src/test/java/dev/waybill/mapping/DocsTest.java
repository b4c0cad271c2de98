package dev.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Runs the examples of `docs/mapping.md`: a section's first yaml block is a mapping, its sh block
/// the same in short spellings, its csv, json and text blocks what goes in, comes out and is
/// refused.
class DocsTest {

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  record Section(String title, Map<String, String> blocks) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Section> examples() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "mapping.md"));
    return Stream.of(page.split("\n## ", -1))
        .map(
            text ->
                new Section(
                    text.lines().findFirst().orElse(""),
                    BLOCK
                        .matcher(text)
                        .results()
                        .collect(
                            Collectors.toMap(match -> match.group(1), match -> match.group(2)))))
        .filter(section -> section.blocks().containsKey("yaml"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleDoesWhatThePageSays(Section section) {
    MappingSpec spec = MappingSpec.parse(tree(block(section, "yaml")));
    if (section.blocks().containsKey("sh")) {
      assertThat(arguments(block(section, "sh"))).isEqualTo(spec);
    }
    if (!section.blocks().containsKey("csv")) {
      return;
    }
    List<Fields> records = records(block(section, "csv"));
    Run run =
        Run.of(Mapping.compile(spec, records.getFirst().names()), records.toArray(Fields[]::new));
    assertThat(run.accepted.stream().map(Item::payload).map(Json::text))
        .containsExactlyElementsOf(block(section, "json").lines().toList());
    assertThat(run.reasons)
        .extracting(Reason::message)
        .containsExactlyElementsOf(section.blocks().getOrDefault("text", "").lines().toList());
  }

  @Test
  void transformationOnThePageIsTheOneThatIsTested() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "mapping.md"));
    assertThat(page)
        .contains(Files.readString(Path.of("src/test/java/com/example/CountryCode.java")));
  }

  private static String block(Section section, String language) {
    return Objects.requireNonNull(section.blocks().get(language), language);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tree(String yaml) {
    try (JsonParser in = new YAMLFactory().createParser(ObjectReadContext.empty(), yaml)) {
      in.nextToken();
      return (Map<String, Object>) Objects.requireNonNull(Values.plain(Json.readValue(in)));
    }
  }

  private static MappingSpec arguments(String words) {
    var arguments = new MappingArguments();
    var split = new ArrayList<String>();
    WORD.matcher(words)
        .results()
        .forEach(word -> split.add(word.group(1) == null ? word.group(2) : word.group(1)));
    for (int i = 0; i < split.size(); i += 2) {
      String value = split.get(i + 1);
      var unused =
          switch (split.get(i)) {
            case "--map" -> arguments.map(value);
            case "--set" -> arguments.set(value);
            case "--type" -> arguments.type(value);
            case "--exclude" -> arguments.exclude(value);
            case "--key" -> arguments.key(value);
            default -> throw new IllegalArgumentException(split.get(i));
          };
    }
    return arguments.spec();
  }

  /// As the CSV source reads them: an empty cell is null.
  private static List<Fields> records(String csv) {
    var records = new ArrayList<Fields>();
    for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(csv)) {
      var cells =
          row.getFields().stream().map(cell -> cell.isEmpty() ? null : cell).toArray(Object[]::new);
      records.add(Fields.of(FieldNames.of(row.getHeader()), cells));
    }
    return records;
  }
}
