package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The form that records take in a body.
class RecordFormTest {

  private final Fixture api = new Fixture();

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{\"properties\":\"{*}\"} | {\"properties\":{\"id\":\"r1\",\"name\":\"Name 1\"}}",
        "{\"id\":\"{id}\",\"properties\":\"{*}\"}"
            + " | {\"id\":\"r1\",\"properties\":{\"name\":\"Name 1\"}}",
        "{\"type\":\"Contact\",\"{*}\":0}"
            + " | {\"type\":\"Contact\",\"id\":\"r1\",\"name\":\"Name 1\"}",
        "[\"{*}\"] | [\"r1\",\"Name 1\"]",
        "[\"{name}\",\"{*}\",true,null,7] | [\"Name 1\",\"r1\",true,null,7]",
        "\"{id}\" | \"r1\"",
        "{\"text\":\"{name} ({key}), number {#}\"} | {\"text\":\"Name 1 (r1), number 0\"}",
        "{\"all\":\"it is {*}\"}"
            + " | {\"all\":\"it is {\\\"id\\\":\\\"r1\\\",\\\"name\\\":\\\"Name 1\\\"}\"}",
      })
  void recordIsPutIntoATemplate(String template, String sent) throws Exception {
    assertThat(api.with("record", template).with("body", "single").send(1))
        .isEqualTo(Reply.accepted(1));
    assertThat(api.sent()).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array | [[\"r1\"],[\"r2\"]]",
        "object | {\"records\":[[\"r1\"],[\"r2\"]]}",
        "form | records=%5B%5B%22r1%22%5D%2C%5B%22r2%22%5D%5D",
      })
  void templateGoesWithEveryBody(String body, String sent) throws Exception {
    api.with("record", "[\"{id}\"]").with("body", body).send(2);
    assertThat(api.sent()).isEqualTo(sent);
  }

  @Test
  void templateGoesWithLines() throws Exception {
    api.with("record", "[\"{#}\"]").with("first-index", "1").with("body", "lines").send(2);
    assertThat(api.sent()).isEqualTo("[\"1\"]\n[\"2\"]\n");
  }

  @Test
  void valuesKeepTheirTypes() throws Exception {
    var fields = Fields.of(FieldNames.of("n", "list", "none"), 7, List.of(1, "a"), null);
    assertThat(
            sent(fields, "{\"a\":\"{n}\",\"b\":\"{list}\",\"c\":\"{none}\",\"d\":\"{n}/{none}\"}"))
        .isEqualTo("[{\"a\":7,\"b\":[1,\"a\"],\"c\":null,\"d\":\"7/\"}]");
  }

  @Test
  void fieldsInsideOthersAreNamedWithDots() throws Exception {
    var address = Fields.of(FieldNames.of("city"), "Bern");
    var fields = Fields.of(FieldNames.of("address", "a.b"), address, 1);
    assertThat(sent(fields, "[\"{address.city}\",\"{a.b}\",\"{address.zip}\"]"))
        .isEqualTo("[[\"Bern\",1,null]]");
  }

  @Test
  void rowsHaveTheOrderOfTheColumnsThatWereNamed() throws Exception {
    api.with("record", "[\"{*}\"]").with("columns", "name,id").send(1);
    assertThat(api.sent()).isEqualTo("[[\"Name 1\",\"r1\"]]");
  }

  @Test
  void fieldThatIsNoColumnIsNotLeftOutSilently() throws Exception {
    Reply reply = api.with("record", "[\"{*}\"]").with("columns", "id").send(1);
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> assertThat(refused.reason().message()).contains("a field 'name', which is"));
    assertThat(api.server.requests()).isEmpty();
  }

  @Test
  void orderOfRowsMustBeKnown() {
    var provider = new HttpProvider();
    var options = Options.of("http", provider.options(), Map.of("record", "[\"{*}\"]"));
    assertThatThrownBy(
            () ->
                provider.open(
                    api.server.uri("/").toString(),
                    options,
                    new Delivery(FieldNames.of(), List.of(), List.of())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--option columns=NAME,NAME");
  }

  @Test
  void slipInATemplateIsToldBeforeTheFirstRecord() {
    assertThatThrownBy(() -> api.with("record", "{\"a\":\"{nmae}\"}").open())
        .hasMessageContaining(
            "the field 'nmae', which the records do not have; they have id, name");
    assertThatThrownBy(() -> api.with("record", "{a}").open())
        .hasMessageContaining("http option 'record' takes JSON");
  }

  @Test
  void positionsCountInTheSizeOfARecord() throws Exception {
    try (var destination =
        api.with("record", "{\"trace\":\"{#}\"}").with("max-bytes", "500").open()) {
      assertThat(destination.bytesOf(Fixture.item(1)))
          .isGreaterThanOrEqualTo("{\"trace\":\"9999999\"}".length());
    }
  }

  private String sent(Fields fields, String template) throws Exception {
    var provider = new HttpProvider();
    try (var destination =
        provider.open(
            api.server.uri("/things").toString(),
            Options.of("http", provider.options(), Map.of("record", template)),
            new Delivery(fields.names(), List.of(), List.of()))) {
      destination.send(new Batch<>(1, List.of(Item.of(1, fields)), 1, "key"));
    }
    return api.sent();
  }
}
