package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Accepted;
import dev.waybill.Verdict.Deferred;
import dev.waybill.Verdict.Rejected;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.testkit.ScriptedServer.Act;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an answer, or none, makes of a batch.
class AnswerTest {

  private final Fixture api = new Fixture();

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({
    "200, Answered",
    "201, Answered",
    "202, Answered",
    "204, Answered",
    "207, Answered",
    "301, Fatal",
    "308, Fatal",
    "400, Refused",
    "409, Refused",
    "422, Refused",
    "424, Refused",
    "499, Refused",
    "401, Fatal",
    "403, Fatal",
    "404, Fatal",
    "405, Fatal",
    "410, Fatal",
    "415, Fatal",
    "413, TooLarge",
    "429, Throttled",
    "425, Unavailable",
    "503, Unavailable",
    "408, InDoubt",
    "500, InDoubt",
    "502, InDoubt",
    "504, InDoubt",
    "520, InDoubt",
    "501, Fatal",
    "505, Fatal",
  })
  void statusMeansWhatTheStandardSays(int status, String reply) throws Exception {
    assertThat(api.answering(status, "").send(2).getClass().getSimpleName()).isEqualTo(reply);
    assertThat(api.server.posts()).isOne();
  }

  @Test
  void recordThatIsNotThereIsNotTheEndOfTheRun() throws Exception {
    api.at("/things/{id}").with("body", "single").with("method", "PATCH");

    assertThat(api.answering(404, "").send(1)).isInstanceOf(Reply.Refused.class);
  }

  @Test
  void statusesCanMeanSomethingElse() throws Exception {
    api.with("throttled-statuses", "403, 420").with("unavailable-statuses", "5xx");
    api.answering(403, "").answering(420, "").answering(502, "").answering(501, "");

    try (var destination = api.open()) {
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.Throttled.class);
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.Throttled.class);
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.Unavailable.class);
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.Unavailable.class);
    }
  }

  @Test
  void statusThatIsToMeanTwoThingsIsTheUsersMistake() {
    api.with("throttled-statuses", "503").with("unknown-statuses", "503");
    assertThatThrownBy(api::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("names 503, which throttled-statuses names too");
  }

  @Test
  void codeOfTheApiCountsMoreThanTheStatus() throws Exception {
    api.with("throttled-codes", "quota_*").with("error-code", "/error/type");
    api.answering(400, "{\"error\":{\"type\":\"quota_day\",\"message\":\"Enough\"}}");

    assertThat(api.send(1))
        .isEqualTo(
            new Reply.Throttled(Reason.of("quota_day", "the API answered 400: Enough"), null));
  }

  @Test
  void throttlingSaysHowLongToWait() throws Exception {
    api.answering(429, "", "Retry-After: 7")
        .answering(503, "", "Retry-After: Sat, 21 Nov 2026 08:01:00 GMT")
        .answering(429, "", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 5")
        .answering(503, "");

    try (var destination = api.open()) {
      assertThat(((Reply.Throttled) destination.send(Fixture.batch(1))).retryAfter())
          .isEqualTo(Duration.ofSeconds(7));
      assertThat(((Reply.Unavailable) destination.send(Fixture.batch(1))).retryAfter())
          .isEqualTo(Duration.ofMinutes(1));
      assertThat(((Reply.Throttled) destination.send(Fixture.batch(1))).retryAfter())
          .isEqualTo(Duration.ofSeconds(5));
      assertThat(((Reply.Unavailable) destination.send(Fixture.batch(1))).retryAfter()).isNull();
    }
  }

  @Test
  void limitUsedUpByAGoodAnswerAsksForARest() throws Exception {
    api.answering(200, "", "RateLimit: \"default\";r=0;t=4");

    assertThat(((Reply.Answered) api.send(1)).rest()).isEqualTo(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"title\":\"Bad\",\"detail\":\"Name is too long\"}|Name is too long",
        "{\"error\":\"invalid\",\"error_description\":\"Wrong type\"}|Wrong type",
        "{\"errors\":[{\"message\":\"No such id\"}]}|No such id",
        "{\"errors\":[\"First\",\"Second\"]}|First",
        "Plain   words|Plain words",
      })
  void reasonQuotesTheApiInWhateverFormItSpeaks(String body, String message) throws Exception {
    assertThat(((Reply.Refused) api.answering(422, body).send(1)).reason().message())
        .isEqualTo("the API answered 422: " + message);
  }

  @Test
  void longMessageIsCut() throws Exception {
    assertThat(((Reply.Refused) api.answering(400, "x".repeat(5000)).send(1)).reason().message())
        .hasSizeLessThan(350)
        .endsWith("x…");
  }

  @Test
  void redirectNamesWhereItPoints() throws Exception {
    assertThat(api.answering(308, "", "Location: https://elsewhere/x").send(1))
        .isEqualTo(
            new Reply.Fatal(
                Reason.of(
                    "308",
                    "the API answered 308 and points to https://elsewhere/x; give that address if it is the right one")));
  }

  @Test
  void suspectsAreThoseThatTheErrorNames() throws Exception {
    api.with("suspects", "/errors/*/index")
        .answering(422, "{\"errors\":[{\"index\":2},{\"index\":0},{\"index\":2},{\"index\":99}]}");

    assertThat(((Reply.Refused) api.send(4)).suspects()).containsExactly(2, 0);
  }

  @Test
  void suspectsMayBeCountedFromOne() throws Exception {
    api.with("suspects", "detail.*.loc.1")
        .with("first-index", "1")
        .answering(422, "{\"detail\":[{\"loc\":[\"body\",3,\"email\"]}]}");

    assertThat(((Reply.Refused) api.send(4)).suspects()).containsExactly(2);
  }

  @Test
  void resultsAreMatchedByPosition() throws Exception {
    api.with("results", "/data/results")
        .answering(
            200,
            """
            {"took":3,"data":{"n":[1,2],"results":[
              {"id":"a"},
              {"id":12},
              {"error":{"code":"dup","message":"Is there"},"x":[{}]},
              "plain-id",
              null]}}
            """)
        .with("duplicate-codes", "dup");

    assertThat(verdicts(api.send(5)))
        .containsExactly(
            new Accepted("a"),
            new Accepted("12"),
            new Rejected(Reason.of("dup", "Is there"), Kind.DUPLICATE),
            new Accepted("plain-id"),
            new Verdict.InDoubt(Reason.of("the answer has no result for record 5 of the call")));
  }

  @Test
  void resultsMayBeTheRootArray() throws Exception {
    api.with("results", "").answering(200, "[{\"id\":\"a\"},{\"id\":\"b\"}]");

    assertThat(verdicts(api.send(2))).containsExactly(new Accepted("a"), new Accepted("b"));
  }

  @Test
  void codesOfResultsDecideWhatBecomesOfTheRecord() throws Exception {
    api.with("results", "/r")
        .with("success-when", "/status=2*")
        .with("code", "/status")
        .with("message", "/why")
        .with("item-deferred-codes", "429")
        .with("item-permanent-codes", "4*")
        .with("item-unknown-codes", "5*")
        .with("duplicate-codes", "409")
        .answering(
            200,
            """
            {"r":[{"status":201,"id":"n"},{"status":429,"why":"slow"},{"status":409,"why":"twice"},
             {"status":400,"why":"bad"},{"status":500,"why":"oops"},{"status":"odd"}]}
            """);

    assertThat(verdicts(api.send(6)))
        .containsExactly(
            new Accepted("n"),
            new Deferred(Reason.of("429", "slow")),
            new Rejected(Reason.of("409", "twice"), Kind.DUPLICATE),
            new Rejected(Reason.of("400", "bad"), Kind.PERMANENT),
            new Verdict.InDoubt(Reason.of("500", "oops")),
            new Rejected(Reason.of("odd", "the API refused it without a message"), Kind.PASSING));
  }

  @Test
  void resultsAreMatchedByKeyInAnyOrder() throws Exception {
    api.with("results", "/results")
        .with("match", "key")
        .with("result-key", "/ref")
        .answering(
            200,
            """
            {"results":[{"ref":"r3","id":"c"},{"ref":"r1","error":"no"}]}
            """);

    assertThat(verdicts(api.send(3)))
        .containsExactly(
            new Rejected(Reason.of("no", "no"), Kind.PASSING),
            new Verdict.InDoubt(Reason.of("the answer has no result for record 2 of the call")),
            new Accepted("c"));
  }

  @Test
  void answerThatListsOnlyFailuresAcceptsTheRest() throws Exception {
    api.with("results", "/insertErrors")
        .with("match", "index")
        .with("missing-results", "accepted")
        .answering(200, "{\"insertErrors\":[{\"index\":1,\"errors\":[{\"message\":\"bad\"}]}]}")
        .answering(200, "{}");

    try (var destination = api.open()) {
      assertThat(verdicts(destination.send(Fixture.batch(3))))
          .containsExactly(
              Accepted.WITHOUT_ID,
              new Rejected(new Reason(null, "bad"), Kind.PASSING),
              Accepted.WITHOUT_ID);
      assertThat(destination.send(Fixture.batch(3))).isEqualTo(Reply.accepted(3));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"results\":[{\"id\":1}]}|the answer has 1 results for 2 records",
        "{\"results\":[1,2,3]}|the answer has 3 results for 2 records",
        "{\"other\":1}|the answer has no results at /results",
        "{\"results\":7}|what stands at /results in the answer is no array",
        "{\"results\":[1,|the answer is no sound JSON",
        "''|the answer has no results at /results",
        "<html>|the answer is no sound JSON",
      })
  void answerThatDoesNotFitTheBatchLeavesItInDoubt(String body, String reason) throws Exception {
    api.with("results", "/results").answering(200, body);

    assertThat(((Reply.InDoubt) api.send(2)).reason().message()).startsWith(reason);
  }

  @Test
  void resultForARecordThatWasNotSentLeavesTheBatchInDoubt() throws Exception {
    api.with("results", "/").with("match", "key").answering(200, "[{\"id\":\"stranger\"}]");

    assertThat(api.send(2)).isInstanceOf(Reply.InDoubt.class);
  }

  @Test
  void errorInAnAnswerThatSays200IsJudgedByItsCode() throws Exception {
    api.with("answer-success-when", "/stat=ok")
        .with("throttled-codes", "510")
        .answering(200, "{\"stat\":\"error\",\"code\":510,\"error_description\":\"Slow down\"}")
        .answering(200, "{\"stat\":\"error\",\"code\":999}")
        .answering(200, "{\"stat\":\"ok\"}")
        .answering(200, "");

    try (var destination = api.open()) {
      assertThat(destination.send(Fixture.batch(1)))
          .isEqualTo(
              new Reply.Throttled(Reason.of("510", "the API answered 200: Slow down"), null));
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.InDoubt.class);
      assertThat(destination.send(Fixture.batch(1))).isEqualTo(Reply.accepted(1));
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.InDoubt.class);
    }
  }

  @Test
  void refusalMayCarryResultsToo() throws Exception {
    api.with("answered-statuses", "422")
        .with("results", "/results")
        .answering(422, "{\"results\":[{\"id\":\"a\"},{\"error\":\"x\",\"message\":\"bad\"}]}");

    assertThat(verdicts(api.send(2)))
        .containsExactly(new Accepted("a"), new Rejected(Reason.of("x", "bad"), Kind.PASSING));
  }

  @Test
  void successesAndFailuresMayBeListedApart() throws Exception {
    api.with("results", "/done,/errors")
        .with("match", "key")
        .with("result-key", "/ref,/context/refs/*")
        .with("success-when", "!/code")
        .answering(
            200,
            "{\"errors\":[{\"code\":\"x\",\"message\":\"bad\",\"context\":{\"refs\":[\"r1\",\"r3\"]}}],"
                + "\"done\":[{\"ref\":\"r2\",\"id\":\"i2\"}]}");

    var bad = new Rejected(Reason.of("x", "bad"), Kind.PASSING);
    assertThat(verdicts(api.send(4)))
        .containsExactly(
            bad,
            new Accepted("i2"),
            bad,
            new Verdict.InDoubt(Reason.of("the answer has no result for record 4 of the call")));
  }

  @Test
  void severalPlacesNeedResultsThatNameTheirRecord() {
    assertThatThrownBy(() -> api.with("results", "/done,/errors").open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("match=index or match=key is needed");
  }

  @Test
  void lostAnswerIsInDoubtAndBrokenWayIsUnavailable() throws Exception {
    api.server.play(Act.reset());
    assertThat(api.send(1)).isInstanceOf(Reply.InDoubt.class);

    try (var destination = api.open()) {
      api.server.close();
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.Unavailable.class);
    }
  }

  private static List<Verdict> verdicts(Reply reply) {
    return List.copyOf(((Reply.Answered) reply).verdicts());
  }
}
