package dev.waybill.akamai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.http.Call;
import dev.waybill.http.Header;
import dev.waybill.http.Outcome;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Records, settings, and a server that says what it was told to say.
final class Fixtures {

  static final FieldNames COLUMNS = FieldNames.of("email", "givenName");
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  static final String UUID_1 = "efd7fe4e-c0a2-4b80-876e-1d06df393579";
  static final String UUID_2 = "3314d744-09a9-4264-a17f-402d3e4824e7";
  static final String DUPLICATE =
      "{\"stat\":\"error\",\"code\":361,\"error\":\"unique_violation\","
          + "\"error_description\":\"Attempted to update a duplicate value\"}";

  private Fixtures() {}

  static AkamaiSettings settings(String... namesAndValues) {
    return settings(List.of(), namesAndValues);
  }

  static AkamaiSettings settings(List<String> key, String... namesAndValues) {
    var given = new HashMap<String, String>();
    given.put("client-id", "id-1");
    given.put("client-secret", "s3cret-é");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return AkamaiSettings.of(
        given.containsKey("apid-uri") ? "" : "https://my-app.example",
        Options.of("akamai", AkamaiSettings.OPTIONS, given),
        new Delivery(COLUMNS, List.of(), key));
  }

  static AkamaiDestination destination(Script script, String... namesAndValues) {
    return destination(script, new Pacer(0, () -> 0L, duration -> {}), namesAndValues);
  }

  static AkamaiDestination destination(Script script, Pacer pacer, String... namesAndValues) {
    return new AkamaiDestination(
        settings(namesAndValues), script, () -> {}, InstantSource.fixed(NOW), pacer);
  }

  static Item<Fields> item(long ordinal, @Nullable Object... emailAndName) {
    return Item.of(ordinal, Fields.of(COLUMNS, emailAndName));
  }

  static Batch<Fields> batch(int size) {
    var items = new ArrayList<Item<Fields>>();
    for (int i = 1; i <= size; i++) {
      items.add(item(i, "u" + i + "@example.com", "N" + i));
    }
    return new Batch<>(1, List.copyOf(items), 1, "run");
  }

  static Batch<Fields> batch(Item<Fields> item) {
    return new Batch<>(1, List.of(item), 1, "run");
  }

  static List<Verdict> verdicts(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Answered.class);
    return List.copyOf(((Reply.Answered) reply).verdicts());
  }

  static String error(int code, String name) {
    return "{\"stat\":\"error\",\"code\":"
        + code
        + ",\"error\":\""
        + name
        + "\",\"error_description\":\"About "
        + name
        + "\"}";
  }

  static String results(String... entries) {
    return "{\"stat\":\"ok\",\"uuid_results\":[" + String.join(",", entries) + "]}";
  }

  static String quoted(String uuid) {
    return '"' + uuid + '"';
  }

  /// Gives the answers it was told, one a call, and keeps the calls.
  static final class Script implements Api.Line {

    private final Queue<Outcome> outcomes = new ArrayDeque<>();
    final List<Call> calls = new ArrayList<>();

    Script answers(int status, String body, Header... headers) {
      outcomes.add(
          new Outcome.Response(status, List.of(headers), body.getBytes(StandardCharsets.UTF_8)));
      return this;
    }

    Script answers(String body) {
      return answers(200, body);
    }

    Script loses() {
      outcomes.add(new Outcome.Lost("the connection broke"));
      return this;
    }

    Script doesNotSend() {
      outcomes.add(new Outcome.NotSent("the host refused the connection"));
      return this;
    }

    @Override
    public Outcome call(Call call) {
      calls.add(call);
      Outcome outcome = outcomes.poll();
      if (outcome == null) {
        throw new AssertionError("one call too many: " + call.uri());
      }
      return outcome;
    }

    List<String> operations() {
      return calls.stream().map(call -> call.uri().getPath()).toList();
    }

    Map<String, String> form(int index) {
      var form = new LinkedHashMap<String, String>();
      String body = calls.get(index).body().text(StandardCharsets.UTF_8);
      for (String pair : body.split("&", -1)) {
        String[] nameAndValue = pair.split("=", 2);
        form.put(
            URLDecoder.decode(nameAndValue[0], StandardCharsets.UTF_8),
            URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8));
      }
      return form;
    }

    @Nullable String header(int index, String name) {
      return calls.get(index).headers().stream()
          .filter(header -> header.name().equals(name))
          .map(Header::value)
          .findFirst()
          .orElse(null);
    }
  }
}
