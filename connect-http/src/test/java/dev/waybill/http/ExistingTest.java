package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Reply;
import dev.waybill.Verdict.Accepted;
import dev.waybill.testkit.ScriptedServer.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Records that an API has already, addresses that are secrets, and ids that are looked up.
class ExistingTest {

  private final Fixture api = new Fixture().with("body", "single");

  @AfterEach
  void stop() {
    api.close();
  }

  private List<String> calls() {
    return api.server.requests().stream().map(call -> call.method() + " " + call.target()).toList();
  }

  @Test
  void recordThatIsThereIsSentToTheAddressForUpdates() throws Exception {
    api.with("update-url", api.server.uri("") + "/things/{id}")
        .with("update-method", "PATCH")
        .answering(409, "")
        .answering(200, "{\"id\":\"x7\"}");

    assertThat(((Reply.Answered) api.send(1)).verdicts()).isEqualTo(List.of(new Accepted("x7")));
    assertThat(calls()).containsExactly("POST /things", "PATCH /things/r1");
    assertThat(api.server.requests())
        .extracting(Request::text)
        .containsOnly("{\"id\":\"r1\",\"name\":\"Name 1\"}");
  }

  @Test
  void idOfTheOneThatIsThereIsReadFromTheRefusal() throws Exception {
    api.with("update-url", api.server.uri("") + "/things/{found}")
        .with("exists-statuses", "400,409")
        .with("exists-id", "/error/text")
        .with("exists-id-pattern", "id=(\\w+)")
        .answering(400, "{\"error\":{\"text\":\"It exists with id=ab12.\"}}")
        .answering(503, "");

    assertThat(api.send(1)).isInstanceOf(Reply.Unavailable.class);
    assertThat(calls()).containsExactly("POST /things", "PUT /things/ab12");
  }

  @Test
  void refusalThatNamesNoIdIsARefusal() throws Exception {
    api.with("update-url", api.server.uri("") + "/things/{found}")
        .answering(409, "{\"message\":\"It exists.\"}");

    assertThat(api.send(1)).isInstanceOf(Reply.Refused.class);
    assertThat(calls()).containsExactly("POST /things");
  }

  @Test
  void updatesNeedACallForEachRecord() {
    assertThatThrownBy(
            () -> api.with("body", "array").with("update-url", "https://api.example.com/x").open())
        .hasMessageContaining("'update-url' needs a call for each record, body=single");
    assertThatThrownBy(() -> api.with("body", "single").with("exists-statuses", "500").open())
        .hasMessageContaining("takes statuses from 400 to 499");
    assertThatThrownBy(
            () -> api.with("exists-statuses", "409").with("exists-id-pattern", "x").open())
        .hasMessageContaining("takes a regular expression with one group");
  }

  @Test
  void deletingAsksForTheIdFirst() throws Exception {
    api.with("find-url", api.server.uri("") + "/find?name={key}")
        .with("id", "/hits/0/id")
        .with("delete-url", api.server.uri("") + "/things/{found}")
        .answering(200, "{\"hits\":[{\"id\":\"x7\"}]}")
        .answering(204, "")
        .answering(200, "{\"hits\":[]}")
        .answering(500, "");

    try (var deleting = api.openDeleting()) {
      assertThat(deleting.send(Fixture.batch(1))).isEqualTo(Reply.accepted(1));
      assertThat(deleting.send(Fixture.batch(1))).isEqualTo(Reply.accepted(1));
      assertThat(deleting.send(Fixture.batch(1))).isInstanceOf(Reply.Unavailable.class);
    }
    assertThat(calls())
        .containsExactly(
            "GET /find?name=r1", "DELETE /things/x7", "GET /find?name=r1", "GET /find?name=r1");
  }

  @Test
  void deletingByAnIdNeedsAPlaceToAsk() {
    api.with("delete-url", api.server.uri("") + "/things/{found}");
    assertThatThrownBy(api::openDeleting).hasMessageContaining("find-url=https://HOST/PATH/{key}");
  }

  @Test
  void secretAddressIsNeverShown() throws Exception {
    api.with("address", api.server.uri("") + "/hooks/s3cret");
    var seen = new ArrayList<String>();
    try (var destination = (HttpDestination) api.open()) {
      destination.inspect(exchange -> seen.add(exchange.request()));
      assertThat(destination.send(Fixture.batch(1))).isEqualTo(Reply.accepted(1));
      seen.add(destination.preview(Fixture.batch(1)));
    }
    assertThat(calls()).containsExactly("POST /hooks/s3cret");
    assertThat(seen)
        .hasSize(2)
        .allSatisfy(text -> assertThat(text).contains("/***").doesNotContain("s3cret"));
  }

  @Test
  void secretAddressThatIsWrongIsNotToldEither() {
    assertThatThrownBy(() -> api.with("address", "hooks.example.com/s3cret").open())
        .hasMessageContaining("http option 'address' must begin with http")
        .message()
        .doesNotContain("s3cret");
  }
}
