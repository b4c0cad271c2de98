package dev.waybill.http.preset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Preview;
import dev.waybill.testkit.ScriptedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the page of docs to what the presets do.
class PresetDocumentationTest {

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("--option (?:'([^']*)'|(\\S+))");
  private static final Pattern TO = Pattern.compile("--to (?:'([^']*)'|(\\S+))");
  private static final Pattern KEY = Pattern.compile("--key (\\S+)");
  private static final String PAGE = read();

  @TempDir Path directory;

  static List<String> commands() {
    return blocks(PAGE, "shell").stream().filter(text -> text.contains("--to ")).toList();
  }

  @Test
  void everyPresetHasACommandAndALineInTheTable() {
    for (String scheme : PresetFamily.schemes()) {
      assertThat(commands())
          .anyMatch(
              command ->
                  command.contains("--to " + scheme + ":")
                      || command.contains("--to '" + scheme + ":"));
    }
    assertThat(PAGE.lines().filter(line -> line.startsWith("| [")))
        .hasSameSizeAs(PresetFamily.schemes());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandShowsItsFirstCall(String command) throws Exception {
    assertThat(preview(command)).matches("(?s)(POST|PUT|PATCH) http.*").doesNotContain("s3cret");
  }

  @Test
  void ownPresetMakesTheCallThatThePageShows() throws Exception {
    String part = PAGE.substring(PAGE.indexOf("## A preset of your own"));
    Files.writeString(directory.resolve("crm.yaml"), blocks(part, "yaml").getFirst());

    assertThat(preview(blocks(part, "shell").getFirst()))
        .isEqualTo(blocks(part, "http").getFirst());
  }

  @Test
  void presetThatStandsOnAnotherIsSound() {
    String part = PAGE.substring(PAGE.indexOf("To change a little"));
    Preset preset =
        PresetReader.read("x.yaml", blocks(part, "yaml").getFirst(), PresetFamily::source);
    assertThat(preset.http())
        .containsEntry("calls-per-second", 19L)
        .containsEntry("wrap", "inputs");
  }

  private String preview(String command) throws Exception {
    String to = found(TO, command).replace("preset:", "preset:" + directory + "/");
    if (to.startsWith("preset:") && !Files.exists(directory.resolve("crm.yaml"))) {
      String part = PAGE.substring(PAGE.indexOf("## A preset of your own"));
      Files.writeString(directory.resolve("crm.yaml"), blocks(part, "yaml").getFirst());
    }
    DestinationProvider provider =
        new PresetFamily()
            .members().stream()
                .filter(member -> to.startsWith(member.schemes().getFirst() + ":"))
                .findFirst()
                .orElseThrow()
                .at(to);
    try (var server = ScriptedServer.start()) {
      Map<String, String> given = options(command, server.uri("").toString());
      Matcher key = KEY.matcher(command);
      var names = FieldNames.of(key.find() ? key.group(1) : "id", "name", "city");
      List<String> by = command.contains("--key") ? List.of(names.name(0)) : List.of();
      try (var destination =
          provider.open(
              to,
              Options.of(provider.schemes().getFirst(), provider.options(), given),
              new Delivery(names, List.of(), by))) {
        var item = Item.of(1, Fields.of(names, "7", "Ann", "Bern"));
        return ((Preview<Fields>) destination)
            .preview(new Batch<>(1, List.of(item), 1, "key"))
            .replace(server.uri("").toString(), "https://crm.example.com/api/v2");
      }
    }
  }

  private static Map<String, String> options(String command, String server) {
    var options = new HashMap<String, String>();
    OPTION
        .matcher(command)
        .results()
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> options.put(pair[0], secret(pair[1])));
    if (options.containsKey("webhook")) {
      options.put("webhook", server + "/s3cret");
    } else {
      options.put("base-url", server);
    }
    return options;
  }

  /// Neither the variable nor the file of an example is there when it is tested.
  private static String secret(String value) {
    if (value.startsWith("file:")) {
      return TestKey.PEM;
    }
    return value.startsWith("env:") ? "s3cret" : value;
  }

  private static String found(Pattern pattern, String text) {
    Matcher match = pattern.matcher(text);
    assertThat(match.find()).isTrue();
    return Objects.requireNonNullElse(match.group(1), match.group(2));
  }

  private static List<String> blocks(String text, String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "destinations", "presets.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
