package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Preview;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.ScriptedServer.Act;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the page of docs to what the destination does: its examples are run, its options compared.
class DocumentationTest {

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("--option (?:'([^']*)'|(\\S+))");
  private static final Pattern ADDRESS = Pattern.compile("--to (https://[^/]+)(\\S+)");
  private static final Pattern STATUS = Pattern.compile("The answer, with status (\\d+)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]*) \\|([^|]*)\\|");

  private final String page = read();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void exampleGoesAsThePageSays(int example) throws Exception {
    String part = page.split("\n### ", -1)[example + 1];
    var blocks = new HashMap<String, String>();
    BLOCK.matcher(part).results().forEach(block -> blocks.put(block.group(1), block.group(2)));
    String command = blocks.getOrDefault("shell", "");
    var address = ADDRESS.matcher(command).results().findFirst().orElseThrow();
    int status =
        STATUS
            .matcher(part)
            .results()
            .map(m -> Integer.parseInt(m.group(1)))
            .findFirst()
            .orElseThrow();
    var provider = new HttpProvider();

    try (var server =
        ScriptedServer.start().play(Act.answer(status, blocks.getOrDefault("json", "")))) {
      var destination =
          provider.open(
              server.uri(address.group(2)).toString(),
              Options.of("http", provider.options(), options(command)),
              new Delivery(
                  FieldNames.of("email", "name"),
                  List.of(),
                  command.contains("--key email") ? List.of("email") : List.of()));
      try (destination) {
        Batch<Fields> batch = new Batch<>(1, people(), 1, "key");
        String preview = ((Preview<Fields>) destination).preview(batch);
        assertThat(preview.replace(server.uri("").toString(), address.group(1)))
            .isEqualTo(blocks.get("http"));
        assertThat(told(destination.send(batch))).isEqualTo(blocks.get("text"));
        assertThat(preview).endsWith(server.requests().getFirst().text() + "\n");
      }
    }
  }

  @Test
  void everyOptionIsOnThePageWithItsDefault() {
    var documented = new TreeMap<String, String>();
    ROW.matcher(page)
        .results()
        .forEach(
            row -> {
              for (String name : row.group(1).split(", ", -1)) {
                documented.put(name.strip().replace("`", ""), row.group(2).strip());
              }
            });
    var options = new TreeMap<String, Option>();
    HttpOptions.all().forEach(option -> options.put(option.name(), option));

    assertThat(documented.keySet()).isEqualTo(options.keySet());
    options.forEach(
        (name, option) -> {
          if (option.defaultValue() != null) {
            assertThat(documented).containsEntry(name, "`" + option.defaultValue() + "`");
          }
        });
  }

  private static Map<String, String> options(String command) {
    var options = new HashMap<String, String>();
    OPTION
        .matcher(command)
        .results()
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> options.put(pair[0], secret(pair[1])));
    return options;
  }

  /// Neither the variable nor the file of an example is there when it is tested.
  private static String secret(String value) {
    return value.startsWith("env:") || value.startsWith("file:") ? "s3cret" : value;
  }

  private List<Item<Fields>> people() {
    var csv = BLOCK.matcher(page);
    assertThat(csv.find()).isTrue();
    var lines = csv.group(2).lines().toList();
    var names = FieldNames.of(lines.getFirst().split(",", -1));
    var items = new ArrayList<Item<Fields>>();
    for (String line : lines.subList(1, lines.size())) {
      Object[] cells = line.split(",", -1);
      items.add(Item.of(items.size() + 1L, Fields.of(names, cells)));
    }
    return items;
  }

  private static String told(Reply reply) {
    if (reply instanceof Reply.Refused refused) {
      var suspects = refused.suspects().stream().map(i -> Integer.toString(i + 1)).toList();
      return "the batch is refused: %s; suspects: record %s\n"
          .formatted(refused.reason(), String.join(", ", suspects));
    }
    var text = new StringBuilder();
    List<? extends Verdict> verdicts = ((Reply.Answered) reply).verdicts();
    for (int i = 0; i < verdicts.size(); i++) {
      text.append("record ").append(i + 1).append(": ").append(told(verdicts.get(i))).append('\n');
    }
    return text.toString();
  }

  private static String told(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted -> "delivered, " + accepted.id();
      case Verdict.Rejected rejected ->
          "rejected (%s): %s"
              .formatted(rejected.kind().name().toLowerCase(Locale.ROOT), rejected.reason());
      case Verdict.Deferred deferred -> "deferred: " + deferred.reason();
      case Verdict.InDoubt doubt -> "in doubt: " + doubt.reason();
    };
  }

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "destinations", "http.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
