package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.spi.Traits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How records are taken away.
class DeletingTest {

  private final Fixture api = new Fixture();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void addressThatNamesTheRecordIsCalledWithoutABody() throws Exception {
    api.with("delete-url", api.server.uri("") + "/things/{key}");
    try (var deleting = api.openDeleting()) {
      assertThat(deleting.traits().maxItems()).isEqualTo(1);
      assertThat(deleting.traits().idempotence()).isEqualTo(Traits.Idempotence.IDEMPOTENT);
      assertThat(deleting.send(Fixture.batch(1))).isEqualTo(Reply.accepted(1));
    }
    var request = api.server.requests().getFirst();
    assertThat(request.method()).isEqualTo("DELETE");
    assertThat(request.target()).isEqualTo("/things/r1");
    assertThat(request.header("Content-Type")).isEmpty();
    assertThat(api.sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void recordThatIsNotThereIsGone(int status) throws Exception {
    api.answering(status, "{}").with("delete-url", api.server.uri("") + "/things/{id}");
    try (var deleting = api.openDeleting()) {
      assertThat(deleting.send(Fixture.batch(1))).isEqualTo(Reply.accepted(1));
    }
  }

  @Test
  void fixedAddressIsGivenTheKeysInTheFormOfTheRecords() throws Exception {
    api.with("delete-url", api.server.uri("") + "/things/delete")
        .with("delete-method", "POST")
        .with("body", "object")
        .with("wrap", "items");
    try (var deleting = api.openDeleting()) {
      assertThat(deleting.send(Fixture.batch(2))).isEqualTo(Reply.accepted(2));
    }
    assertThat(api.server.requests().getFirst().method()).isEqualTo("POST");
    assertThat(api.sent()).startsWith("{\"items\":[{\"id\":\"r1\"");
  }

  @Test
  void withoutAnAddressItIsToldHowToGiveOne() {
    assertThatThrownBy(api::openDeleting)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("delete-url=https://HOST/PATH/{key}");
  }
}
