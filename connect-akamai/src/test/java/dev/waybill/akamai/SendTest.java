package dev.waybill.akamai;

import static dev.waybill.akamai.Fixtures.DUPLICATE;
import static dev.waybill.akamai.Fixtures.UUID_1;
import static dev.waybill.akamai.Fixtures.UUID_2;
import static dev.waybill.akamai.Fixtures.batch;
import static dev.waybill.akamai.Fixtures.destination;
import static dev.waybill.akamai.Fixtures.error;
import static dev.waybill.akamai.Fixtures.quoted;
import static dev.waybill.akamai.Fixtures.results;
import static dev.waybill.akamai.Fixtures.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.akamai.Fixtures.Script;
import dev.waybill.http.Header;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendTest {

  private final Script script = new Script();

  @Test
  void recordsAreSentAsOneFormToBulkCreate() throws Exception {
    destination(script.answers(results(quoted(UUID_1), quoted(UUID_2)))).send(batch(2));

    assertThat(script.calls).hasSize(1);
    assertThat(script.calls.getFirst().uri())
        .hasToString("https://my-app.example/entity.bulkCreate");
    assertThat(script.calls.getFirst().method()).isEqualTo("POST");
    assertThat(script.header(0, "Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(script.form(0))
        .containsOnlyKeys("type_name", "all_attributes")
        .containsEntry("type_name", "user")
        .containsEntry(
            "all_attributes",
            "[{\"email\":\"u1@example.com\",\"givenName\":\"N1\"},"
                + "{\"email\":\"u2@example.com\",\"givenName\":\"N2\"}]");
  }

  @Test
  void optionalParametersAreSentWhereTheyAreSet() throws Exception {
    destination(
            script.answers(results(quoted(UUID_1))),
            "type-name",
            "customer",
            "server-timeout",
            "10s",
            "commit-each",
            "true")
        .send(batch(1));

    assertThat(script.form(0))
        .containsEntry("type_name", "customer")
        .containsEntry("timeout", "10")
        .containsEntry("commit_each", "true");
  }

  @Test
  void dottedNamesNestAndEmptyTextsAreNull() throws Exception {
    var names = FieldNames.of("email", "primaryAddress.city", "age", "primaryAddress.geo.lat");
    var item = Item.of(1, Fields.of(names, "a@example.com", "", 42L, "1.5"));

    destination(script.answers(results(quoted(UUID_1)))).send(batch(item));

    assertThat(script.form(0).get("all_attributes"))
        .isEqualTo(
            "[{\"email\":\"a@example.com\",\"primaryAddress\":{\"city\":null,"
                + "\"geo\":{\"lat\":\"1.5\"}},\"age\":42}]");
  }

  @Test
  void emptyTextsAreKeptOnDemand() throws Exception {
    destination(script.answers(results(quoted(UUID_1))), "empty-text", "keep")
        .send(batch(Fixtures.item(1, "a@example.com", "")));

    assertThat(script.form(0).get("all_attributes")).contains("\"givenName\":\"\"");
  }

  @Test
  void recordWhoseNamesCanNotNestIsRejectedAndTheOthersAreSent() throws Exception {
    var names = FieldNames.of("email", "a", "a.b");
    var odd = Item.of(1, Fields.of(names, "a@example.com", "1", "2"));
    var batch = new Batch<>(1, List.of(odd, Fixtures.item(2, "b@example.com", "B")), 1, "k");

    Reply reply = destination(script.answers(results(quoted(UUID_1)))).send(batch);

    assertThat(verdicts(reply)).last().isEqualTo(new Verdict.Accepted(UUID_1));
    assertThat(verdicts(reply)).first().isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void eachResultIsTheVerdictOnItsRecord() throws Exception {
    String tooLong = error(363, "length_violation");
    String unexpected = error(500, "unexpected_error");
    String throttled = error(510, "rate_limit_exceeded");

    Reply reply =
        destination(
                script.answers(
                    results(
                        quoted(UUID_1), DUPLICATE, tooLong, unexpected, throttled, "null", "17")))
            .send(batch(8));

    assertThat(verdicts(reply))
        .containsExactly(
            new Verdict.Accepted(UUID_1),
            new Verdict.Rejected(
                Reason.of("unique_violation", "Attempted to update a duplicate value"),
                Kind.DUPLICATE),
            new Verdict.Rejected(
                Reason.of("length_violation", "About length_violation"), Kind.PERMANENT),
            new Verdict.InDoubt(Reason.of("unexpected_error", "About unexpected_error")),
            new Verdict.Deferred(Reason.of("rate_limit_exceeded", "About rate_limit_exceeded")),
            new Verdict.InDoubt(
                Reason.of("the result for this record is neither a UUID nor an error")),
            new Verdict.InDoubt(
                Reason.of("the result for this record is neither a UUID nor an error")),
            new Verdict.InDoubt(Reason.of("the answer has no result for this record")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"stat\":\"ok\"}",
        "{\"stat\":\"ok\",\"uuid_results\":{}}",
        "{\"stat\":\"ok\",\"uuid_results\":[\"efd7fe4e-c0a2-4b80-876e-1d06df393579\",null,null]}",
        "{\"stat\":\"ok\",\"uuid_results\":[\"efd7fe4e-c0a2-4b80-87",
        "{\"stat\":\"maybe\"}",
        "{\"stat\":\"error\",\"error\":\"no code\"}",
        "<html>Welcome</html>",
        "[]",
        ""
      })
  void answerThatTellsNothingLeavesTheBatchInDoubt(String body) throws Exception {
    assertThat(destination(script.answers(body)).send(batch(2))).isInstanceOf(Reply.InDoubt.class);
  }

  @Test
  void rateLimitIsThrottlingThoughTheStatusIs200() throws Exception {
    Reply reply = destination(script.answers(error(510, "rate_limit_exceeded"))).send(batch(2));

    assertThat(reply)
        .isEqualTo(
            new Reply.Throttled(
                Reason.of("rate_limit_exceeded", "About rate_limit_exceeded"), null));
  }

  @Test
  void retryAfterIsRead() throws Exception {
    Reply reply =
        destination(script.answers(429, "slow down", new Header("Retry-After", "7")))
            .send(batch(2));

    assertThat(reply)
        .isEqualTo(
            new Reply.Throttled(Reason.of("HTTP 429", "too many calls"), Duration.ofSeconds(7)));
  }

  @Test
  void errorInTheBodyGoesBeforeTheHttpStatus() throws Exception {
    assertThat(destination(script.answers(500, error(402, "invalid_client"))).send(batch(2)))
        .isInstanceOf(Reply.Fatal.class);
  }

  @Test
  void violationOfTheWholeCallIsRefusedSoThatItIsSplit() throws Exception {
    assertThat(destination(script.answers(error(341, "invalid_json_type"))).send(batch(2)))
        .isEqualTo(new Reply.Refused(Reason.of("invalid_json_type", "About invalid_json_type")));
  }

  @Test
  void violationOfTheWholeCallWithOneRecordIsItsRejection() throws Exception {
    Reply reply = destination(script.answers(DUPLICATE)).send(batch(1));

    assertThat(verdicts(reply))
        .containsExactly(
            new Verdict.Rejected(
                Reason.of("unique_violation", "Attempted to update a duplicate value"),
                Kind.DUPLICATE));
  }

  @Test
  void argumentErrorThatIsNoRecordsFaultIsFatal() throws Exception {
    String body =
        "{\"stat\":\"error\",\"code\":200,\"error\":\"invalid_argument\","
            + "\"argument_name\":\"type_name\",\"error_description\":\"no such type\"}";

    assertThat(destination(script.answers(body)).send(batch(2)))
        .isEqualTo(new Reply.Fatal(Reason.of("invalid_argument", "no such type")));
  }

  @Test
  void lostCallIsInDoubt() throws Exception {
    assertThat(destination(script.loses()).send(batch(2)))
        .isEqualTo(new Reply.InDoubt(Reason.of("the connection broke")));
  }

  @Test
  void callThatWasNotSentIsUnavailable() throws Exception {
    assertThat(destination(script.doesNotSend()).send(batch(2)))
        .isEqualTo(new Reply.Unavailable(Reason.of("the host refused the connection")));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 500, 501, 502, 504})
  void unknownStatusIsInDoubt(int status) throws Exception {
    assertThat(destination(script.answers(status, "<html>")).send(batch(2)))
        .isInstanceOf(Reply.InDoubt.class);
  }

  @Test
  void refusedCredentialsAreFatalAndSayWhatToCheck() throws Exception {
    assertThat(destination(script.answers(401, "")).send(batch(2)))
        .isEqualTo(
            new Reply.Fatal(
                Reason.of(
                    "HTTP 401",
                    "the credentials were refused: check client-id and client-secret")));
  }

  @Test
  void tooLargeACallIsNotMade() throws Exception {
    Reply reply = destination(script, "max-body-bytes", "1000").send(batch(50));

    assertThat(reply).isInstanceOf(Reply.TooLarge.class);
    assertThat(script.calls).isEmpty();
  }

  @Test
  void strictOriginalRejectsTheWholeBatchForCodesNotInItsList() throws Exception {
    Reply reply =
        destination(script.answers(error(341, "invalid_json_type")), "codes", "strict-original")
            .send(batch(2));

    assertThat(verdicts(reply)).hasSize(2).hasOnlyElementsOfType(Verdict.Rejected.class);
  }

  @Test
  void strictOriginalLeavesItsUnknownCodesInDoubt() throws Exception {
    assertThat(
            destination(
                    script.answers(error(510, "rate_limit_exceeded")), "codes", "strict-original")
                .send(batch(2)))
        .isInstanceOf(Reply.InDoubt.class);
  }

  @Test
  void strictOriginalRejectsARecordWhateverItsCode() throws Exception {
    Reply reply =
        destination(
                script.answers(results(error(500, "unexpected_error"))), "codes", "strict-original")
            .send(batch(1));

    assertThat(verdicts(reply)).hasOnlyElementsOfType(Verdict.Rejected.class);
  }

  @Test
  void previewShowsTheCallWithItsSecretMasked() {
    String preview = destination(script, "auth", "form").preview(batch(1));

    assertThat(preview)
        .isEqualTo(
            """
            POST https://my-app.example/entity.bulkCreate
            Content-Type: application/x-www-form-urlencoded
            Accept: application/json

            type_name=user
            all_attributes=[{"email":"u1@example.com","givenName":"N1"}]
            client_id=id-1
            client_secret=****
            """);
    assertThat(script.calls).isEmpty();
  }
}
