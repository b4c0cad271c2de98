package dev.waybill.http.preset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.json.Json;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.ScriptedServer.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each preset against what its service answers: what is sent, and what is made of the answer.
class PresetTranscriptsTest {

  @TestFactory
  Stream<DynamicContainer> everyService() {
    return PresetFamily.schemes().stream()
        .map(
            scheme ->
                DynamicContainer.dynamicContainer(
                    scheme,
                    Transcript.read(scheme + ".http").stream()
                        .map(each -> DynamicTest.dynamicTest(each.title, () -> run(each)))));
  }

  private static void run(Transcript transcript) throws Exception {
    try (var server = ScriptedServer.start()) {
      String place = server.uri("").toString();
      transcript.answers.forEach(answer -> server.play(answer.act(place)));
      DestinationProvider provider = provider(transcript.to);
      var given = new HashMap<>(transcript.options);
      given.replaceAll(
          (name, value) -> value.replace("@SERVER@", place).replace("@KEY@", TestKey.PEM));
      var options = Options.of(provider.schemes().getFirst(), provider.options(), given);
      List<Item<Fields>> items = items(transcript);
      FieldNames columns = items.getFirst().payload().names();
      var delivery = new Delivery(columns, List.of(), transcript.key);
      try (Destination<Fields> destination =
          transcript.deleting
              ? provider.openDeleting(transcript.to, options, delivery)
              : provider.open(transcript.to, options, delivery)) {
        Reply reply = destination.send(new Batch<>(1, items, 1, "key-1"));
        assertThat(told(reply)).isEqualTo(transcript.outcome);
      }
      compare(server.requests(), transcript.requests);
    }
  }

  private static DestinationProvider provider(String to) {
    return new PresetFamily()
        .members().stream()
            .filter(member -> to.startsWith(member.schemes().getFirst() + ":"))
            .findFirst()
            .orElseThrow()
            .at(to);
  }

  private static List<Item<Fields>> items(Transcript transcript) {
    var items = new ArrayList<Item<Fields>>();
    for (String record : transcript.records) {
      Fields fields = (Fields) Objects.requireNonNull(Json.read(record));
      String key = fields.text(transcript.key.isEmpty() ? "" : transcript.key.getFirst());
      items.add(new Item<>(items.size() + 1L, key, fields, null));
    }
    return items;
  }

  private static void compare(List<Request> sent, List<Transcript.Message> expected) {
    assertThat(sent.stream().map(request -> request.method() + " " + request.target()))
        .isEqualTo(expected.stream().map(Transcript.Message::first).toList());
    for (int i = 0; i < sent.size(); i++) {
      for (String header : expected.get(i).headers()) {
        String[] pair = header.split(": ", 2);
        assertThat(sent.get(i).header(pair[0])).as(pair[0]).isEqualTo(pair[1]);
      }
      String body = expected.get(i).body();
      if (body.endsWith("…")) {
        assertThat(sent.get(i).text()).startsWith(body.substring(0, body.length() - 1));
      } else {
        assertThat(sent.get(i).text()).isEqualTo(body);
      }
    }
  }

  private static String told(Reply reply) {
    return switch (reply) {
      case Reply.Answered answered -> {
        var lines = new ArrayList<String>();
        for (Verdict verdict : answered.verdicts()) {
          lines.add("record " + (lines.size() + 1) + ": " + told(verdict));
        }
        if (!answered.rest().isZero()) {
          lines.add("leave it alone for " + answered.rest().toSeconds() + " s");
        }
        yield String.join("\n", lines);
      }
      case Reply.Refused refused ->
          "refused: "
              + refused.reason()
              + (refused.suspects().isEmpty() ? "" : "; suspects " + refused.suspects());
      case Reply.TooLarge large -> "too large: " + large.reason();
      case Reply.Throttled throttled ->
          "throttled: " + throttled.reason() + wait(throttled.retryAfter());
      case Reply.Unavailable away -> "unavailable: " + away.reason() + wait(away.retryAfter());
      case Reply.InDoubt doubt -> "in doubt: " + doubt.reason();
      case Reply.Fatal fatal -> "fatal: " + fatal.reason();
    };
  }

  private static String wait(@Nullable Duration time) {
    return time == null ? "" : "; again in " + time.toSeconds() + " s";
  }

  private static String told(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted ->
          accepted.id() == null ? "delivered" : "delivered, " + accepted.id();
      case Verdict.Rejected rejected ->
          "rejected (%s): %s"
              .formatted(rejected.kind().name().toLowerCase(Locale.ROOT), rejected.reason());
      case Verdict.Deferred deferred -> "deferred: " + deferred.reason();
      case Verdict.InDoubt doubt -> "in doubt: " + doubt.reason();
    };
  }
}
