package dev.waybill.http.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Preview;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.ScriptedServer.Act;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Presets that users write.
class OwnPresetTest {

  private static final String CRM =
      """
      scheme: crm
      summary: Our CRM
      address: "{object}"
      base: https://crm.example.com
      options:
        token: {summary: The token., secret: true}
        team: {summary: Who owns the records., default: sales}
        mode:
          summary: What is done.
          default: upsert
          cases:
            upsert: {method: PUT}
            create: {}
      http:
        url: ${base}/${object}
        auth: bearer
        token: ${token}
        record: {owner: "${team}", "{*}": all}
        max-items: 3
      """;

  @TempDir Path directory;
  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fileIsADestinationWithItsOwnOptions() throws Exception {
    DestinationProvider crm = at(CRM, "#people");

    assertThat(crm.summary()).isEqualTo("Our CRM: preset:FILE#OBJECT");
    assertThat(crm.options())
        .extracting(Option::name)
        .startsWith("token", "team", "mode", "base-url")
        .contains("max-items", "proxy")
        .doesNotContain("body");
    try (var destination = open(crm, "#people", Map.of("token", "t0ken", "team", "ops"))) {
      assertThat(destination.traits().maxItems()).isEqualTo(3);
      assertThat(destination.send(batch())).isEqualTo(Reply.accepted(1));
    }
    var request = server.requests().getFirst();
    assertThat(request.method() + request.target()).isEqualTo("PUT/people");
    assertThat(request.text()).isEqualTo("[{\"owner\":\"ops\",\"id\":\"7\"}]");
  }

  @Test
  void presetStandsOnAnotherAndChangesWhatItSays() throws Exception {
    server.play(Act.answer(200, "{\"status\":\"COMPLETE\"}"));
    DestinationProvider ours =
        at(
            """
            extends: hubspot
            summary: Our contacts
            options:
              id-property: {summary: Always this., default: customer_id}
              mode:
                cases:
                  upsert: {record: {id: "{id}", idProperty: "${id-property}"}}
            http: {max-items: 10}
            """,
            "#contacts");

    try (var destination = open(ours, "#contacts", Map.of("token", "t0ken"))) {
      assertThat(destination.traits().maxItems()).isEqualTo(10);
      destination.send(batch());
    }
    assertThat(server.requests().getFirst().target())
        .isEqualTo("/crm/v3/objects/contacts/batch/upsert");
    assertThat(server.requests().getFirst().text())
        .isEqualTo("{\"inputs\":[{\"id\":\"7\",\"idProperty\":\"customer_id\"}]}");
  }

  @Test
  void secretsAreMaskedInThePreview() throws Exception {
    try (var destination = open(at(CRM, "#people"), "#people", Map.of("token", "t0ken"))) {
      assertThat(((Preview<Fields>) destination).preview(batch()))
          .contains("Authorization: Bearer ***")
          .doesNotContain("t0ken");
    }
  }

  @Test
  void missingOptionIsToldWithWhatItIs() {
    assertThatThrownBy(() -> open(at(CRM, "#people"), "#people", Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessage("crm needs the option 'token': --option token=VALUE (The token.)");
  }

  @Test
  void addressOfAnotherFormIsToldWithTheRightOne() {
    assertThatThrownBy(() -> open(at(CRM, "#a/b"), "#a/b", Map.of("token", "t")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("such as crm:OBJECT")
        .hasMessageContaining("'a/b'");
  }

  @Test
  void unknownValueOfAModeIsToldWithTheKnown() {
    assertThatThrownBy(
            () -> open(at(CRM, "#people"), "#people", Map.of("token", "t", "mode", "mirror")))
        .hasMessage("crm option 'mode' takes one of upsert, create, not 'mirror'");
  }

  @Test
  void presetThatCanNotDeleteIsNoMirror() throws Exception {
    DestinationProvider crm = at(CRM, "#people");
    var options = Options.of("crm", crm.options(), Map.of("token", "t"));
    assertThatThrownBy(() -> crm.openDeleting("preset:crm.yaml#people", options, delivery()))
        .hasMessageContaining("crm: can not delete records");
  }

  @Test
  void mistakesAreToldWithFileAndLine() {
    says("", "preset.yaml is empty");
    says("a: [", "preset.yaml, line 1 is no YAML");
    says("scheme: x\nsumary: y", "preset.yaml, line 2: a preset has no 'sumary'; it has scheme");
    says("scheme: x", "preset.yaml, line 1: there is no summary here");
    says("extends: hubspott", "preset.yaml, line 1: extends takes the name of a preset, one of");
    says(with("http: {wrapp: y}"), "http sets 'wrapp', which is no option of http; it has url");
    says(with("http: {url: \"${nowhere}\"}"), "http, url refers to ${nowhere}, and there is no");
    says(with("http: [1]"), "line 3: here settings are needed");
    says(
        with("options: {t: {summary: T, secret: true}}\nhttp: {headers: \"X: ${t}\"}"),
        "http puts the secret t into headers, where it could be seen; secrets go into");
    says(
        with("options: {m: {summary: M, default: a, cases: {b: {}}}}"),
        "the option m has the default 'a', which is no case of it");
    says(with("options: {max-items: {summary: M}}"), "is one that every preset has");
  }

  @Test
  void missingFileIsToldWithHowToNameOne() {
    assertThatThrownBy(() -> provider().at("preset:nowhere.yaml"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the preset nowhere.yaml can not be read");
  }

  private void says(String text, String complaint) {
    assertThatThrownBy(() -> at(text, ""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(complaint);
  }

  private static String with(String more) {
    return "scheme: x\nsummary: y\n" + more;
  }

  private DestinationProvider at(String text, String place) throws IOException {
    Path file = directory.resolve("preset.yaml");
    Files.writeString(file, text);
    return provider().at("preset:" + file + place);
  }

  private static DestinationProvider provider() {
    return new PresetFamily().members().getLast();
  }

  private Destination<Fields> open(
      DestinationProvider provider, String place, Map<String, String> given) {
    var options = new HashMap<>(given);
    options.put("base-url", server.uri("").toString());
    return provider.open(
        "preset:preset.yaml" + place,
        Options.of(provider.schemes().getFirst(), provider.options(), options),
        delivery());
  }

  private static Delivery delivery() {
    return new Delivery(FieldNames.of("id"), List.of(), List.of("id"));
  }

  private static Batch<Fields> batch() {
    return new Batch<>(1, List.of(Item.of(1, Fields.of(FieldNames.of("id"), "7"))), 1, "key");
  }
}
