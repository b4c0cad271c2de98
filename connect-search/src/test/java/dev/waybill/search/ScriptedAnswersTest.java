package dev.waybill.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.spi.Destination;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.ScriptedServer.Act;
import dev.waybill.testkit.TestKeys;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers that a healthy node does not give. Their bodies are of the shape that the references of
/// both products document.
class ScriptedAnswersTest {

  private static final String REJECTED =
      "{\"type\":\"es_rejected_execution_exception\",\"reason\":\"rejected execution of coordinating"
          + " operation\"}";

  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, Refused",
    "401, Fatal",
    "403, Fatal",
    "404, Fatal",
    "408, InDoubt",
    "413, TooLarge",
    "429, Throttled",
    "301, Fatal",
    "500, InDoubt",
    "502, InDoubt",
    "503, Unavailable",
    "504, InDoubt"
  })
  void statusOfAWholeAnswerSaysWhatBecameOfIt(int status, String reply) throws Exception {
    Reply told =
        sendTwo(
            Act.answer(
                status,
                "{\"error\":{\"type\":\"some_exception\",\"reason\":\"so it is\"},\"status\":1}"));

    assertThat(told.getClass().getSimpleName()).isEqualTo(reply);
    assertThat(server.posts()).as("calls made").isOne();
    if (status != 301) {
      assertThat(told.toString()).contains("so it is", "some_exception");
    }
  }

  @Test
  void throttledCallTellsHowLongToWait() throws Exception {
    assertThat(sendTwo(Act.answer(429, "{\"error\":" + REJECTED + "}", "Retry-After: 7")))
        .isInstanceOfSatisfying(
            Reply.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
  }

  @Test
  void documentThatTheClusterHasNoTimeForIsDeferred() throws Exception {
    Reply.Answered reply =
        (Reply.Answered)
            sendTwo(
                items(
                    "{\"index\":{\"status\":201}}",
                    "{\"index\":{\"status\":429,\"error\":" + REJECTED + "}}"));

    assertThat(reply.verdicts().getFirst()).isInstanceOf(Verdict.Accepted.class);
    assertThat(reply.verdicts().getLast()).isInstanceOf(Verdict.Deferred.class);
  }

  @Test
  void clusterThatHasNoTimeForAnyDocumentThrottles() throws Exception {
    String busy = "{\"index\":{\"status\":429,\"error\":" + REJECTED + "}}";

    assertThat(sendTwo(items(busy, busy))).isInstanceOf(Reply.Throttled.class);
  }

  @Test
  void shardThatIsAwayIsUnavailableAndOtherFailuresAreInDoubt() throws Exception {
    String away =
        "{\"index\":{\"status\":503,\"error\":{\"type\":\"unavailable_shards_exception\","
            + "\"reason\":\"[contacts][0] primary shard is not active Timeout: [1m]\"}}}";
    String failed =
        "{\"index\":{\"status\":500,\"error\":{\"type\":\"node_closed_exception\","
            + "\"reason\":\"node closed\"}}}";

    assertThat(sendTwo(items(away, away))).isInstanceOf(Reply.Unavailable.class);
    Reply.Answered mixed = (Reply.Answered) sendTwo(items(away, failed));
    assertThat(mixed.verdicts().getFirst()).isInstanceOf(Verdict.Deferred.class);
    assertThat(mixed.verdicts().getLast()).isInstanceOf(Verdict.InDoubt.class);
  }

  @Test
  void documentThatTheAnswerDoesNotMentionIsInDoubt() throws Exception {
    Reply.Answered reply = (Reply.Answered) sendTwo(items("{\"index\":{\"status\":201}}"));

    assertThat(reply.verdicts().getLast()).isInstanceOf(Verdict.InDoubt.class);
  }

  @Test
  void userWhoMayNotWriteAnyDocumentEndsTheRun() throws Exception {
    String forbidden =
        "{\"index\":{\"status\":403,\"error\":{\"type\":\"security_exception\","
            + "\"reason\":\"no permissions for [indices:data/write/bulk]\"}}}";

    assertThat(sendTwo(items(forbidden, forbidden))).isInstanceOf(Reply.Fatal.class);
  }

  @Test
  void answersThatAreNoneAreInDoubtAndNothingIsSentAgain() throws Exception {
    for (Act act :
        List.of(
            Act.close(),
            Act.reset(),
            Act.cutByLength(200, "{\"items\":["),
            Act.cutInChunk(200, "{\"items\":["),
            Act.nonsense("hello"),
            Act.answer(200, "<html>"),
            Act.answer(200, ""))) {
      int before = server.posts();
      assertThat(sendTwo(act)).isInstanceOf(Reply.InDoubt.class);
      assertThat(server.posts() - before).as("calls made").isOne();
    }
  }

  @Test
  void silentServerIsLeftAfterTheTimeout() throws Exception {
    try (var contacts = open("timeout", "200ms")) {
      server.play(Act.silence());
      assertThat(send(contacts).toString())
          .contains("InDoubt", "no complete answer from http://127.0.0.1")
          .contains("within 200 ms");
    }
  }

  @Test
  void trickleOfBytesIsLeftAfterTheTimeout() throws Exception {
    try (var contacts = open("timeout", "200ms")) {
      server.play(Act.trickle());
      assertThat(send(contacts)).isInstanceOf(Reply.InDoubt.class);
    }
  }

  @Test
  void credentialsGoWithEachCallAndAreNotShown() throws Exception {
    try (var contacts = open("api-key", "id:secret-key")) {
      server.play(items("{\"index\":{\"status\":201}}", "{\"index\":{\"status\":201}}"));
      send(contacts);
      assertThat(((SearchDestination) contacts).preview(Records.batch(two())))
          .contains("Authorization: ApiKey ***");
    }
    assertThat(server.requests())
        .extracting(request -> request.header("Authorization"))
        .containsOnly("ApiKey aWQ6c2VjcmV0LWtleQ==");
  }

  @ParameterizedTest
  @CsvSource({
    "401, does not accept the credentials (401)",
    "503, answered with status 503 when it was asked for the index 'contacts'"
  })
  void serverThatCanNotBeUsedIsToldAtTheBeginning(int status, String sentence) {
    try (var other = ScriptedServer.start().play(Act.answer(status, ""))) {
      assertThatThrownBy(() -> Records.open(address(other), Records.KEYED))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(sentence);
    }
  }

  @Test
  void serverThatSpeaksSomethingElseIsToldAtTheBeginning() {
    try (var other = ScriptedServer.start().play(Act.close())) {
      assertThatThrownBy(() -> Records.open(address(other), Records.KEYED))
          .hasMessageContaining("did not answer")
          .hasMessageEndingWith("if it speaks TLS, write +https:// in the address");
    }
  }

  @Test
  void certificateIsTrustedIfItsAuthorityIsNamedAndNotOtherwise() throws Exception {
    TestKeys keys = TestKeys.get();
    try (var secure = ScriptedServer.startTls(keys.server()).play(Act.answer(200, ""))) {
      String address = "opensearch+https://127.0.0.1:" + secure.port() + "/contacts";

      assertThatThrownBy(() -> Records.open(address, Records.KEYED))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("the certificate or TLS is not accepted")
          .hasMessageContaining("--option ca-file");
      assertThat(secure.requests()).isEmpty();
      for (String[] trust :
          List.of(
              new String[] {"ca-file", keys.certificate().toString()},
              new String[] {"insecure", "true"})) {
        Records.open(address, Records.KEYED, trust).close();
      }
      assertThat(secure.requests()).hasSize(2);
    }
  }

  @Test
  void whoMayNotLookMayStillWrite() {
    try (var other = ScriptedServer.start().play(Act.answer(403, ""))) {
      Records.open(address(other), Records.KEYED).close();
      assertThat(other.requests()).hasSize(1);
    }
  }

  private Reply sendTwo(Act act) throws InterruptedException {
    try (var contacts = open()) {
      server.play(act);
      return send(contacts);
    }
  }

  private Destination<Fields> open(String... options) {
    server.play(Act.answer(200, ""));
    return Records.open(address(server), Records.KEYED, options);
  }

  private static String address(ScriptedServer server) {
    return "elasticsearch://127.0.0.1:" + server.port() + "/contacts";
  }

  private static Reply send(Destination<Fields> contacts) throws InterruptedException {
    return contacts.send(Records.batch(two()));
  }

  private static List<Item<Fields>> two() {
    return List.of(Records.contact(1, 30), Records.contact(2, 31));
  }

  private static Act items(String... items) {
    return Act.answer(200, "{\"items\":[" + String.join(",", items) + "]}");
  }
}
