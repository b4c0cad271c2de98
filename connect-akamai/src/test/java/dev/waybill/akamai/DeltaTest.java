package dev.waybill.akamai;

import static dev.waybill.akamai.Fixtures.DUPLICATE;
import static dev.waybill.akamai.Fixtures.UUID_1;
import static dev.waybill.akamai.Fixtures.batch;
import static dev.waybill.akamai.Fixtures.error;
import static dev.waybill.akamai.Fixtures.item;
import static dev.waybill.akamai.Fixtures.quoted;
import static dev.waybill.akamai.Fixtures.results;
import static dev.waybill.akamai.Fixtures.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.akamai.Fixtures.Script;
import dev.waybill.http.Header;
import dev.waybill.spi.Traits.Idempotence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltaTest {

  private final Script script = new Script();

  @Test
  void recordThatIsThereAlreadyIsUpdatedByItsPrimaryKey() throws Exception {
    Reply reply =
        delta(script.answers(results(quoted(UUID_1), DUPLICATE)).answers("{\"stat\":\"ok\"}"))
            .send(batch(2));

    assertThat(verdicts(reply))
        .containsExactly(new Verdict.Accepted(UUID_1), Verdict.Accepted.WITHOUT_ID);
    assertThat(script.operations()).containsExactly("/entity.bulkCreate", "/entity.update");
    assertThat(script.form(1))
        .containsEntry("type_name", "user")
        .containsEntry("key_attribute", "email")
        .containsEntry("key_value", "\"u2@example.com\"")
        .containsEntry("attributes", "{\"email\":\"u2@example.com\",\"givenName\":\"N2\"}");
  }

  @Test
  void listsAreReplacedOneByOneAndTheCreationDateIsLeftAlone() throws Exception {
    var names = FieldNames.of("email", "created", "clients", "name.first");
    var fields = Fields.of(names, "a@example.com", "2020-01-01", List.of("x", "y"), "Ann");
    script.answers(results(DUPLICATE)).answers("{\"stat\":\"ok\"}").answers("{\"stat\":\"ok\"}");

    Reply reply = delta(script).send(batch(Item.of(1, fields)));

    assertThat(verdicts(reply)).containsExactly(Verdict.Accepted.WITHOUT_ID);
    assertThat(script.operations())
        .containsExactly("/entity.bulkCreate", "/entity.update", "/entity.replace");
    assertThat(script.form(1))
        .containsEntry("attributes", "{\"email\":\"a@example.com\",\"name\":{\"first\":\"Ann\"}}");
    assertThat(script.form(2))
        .containsEntry("attribute_name", "clients")
        .containsEntry("attributes", "[\"x\",\"y\"]");
  }

  @Test
  void updateThatIsLostLeavesItsRecordInDoubtAndTheNextIsUpdated() throws Exception {
    script.answers(results(DUPLICATE, DUPLICATE)).loses().answers("{\"stat\":\"ok\"}");

    assertThat(verdicts(delta(script).send(batch(2))))
        .containsExactly(
            new Verdict.InDoubt(Reason.of("the connection broke")), Verdict.Accepted.WITHOUT_ID);
  }

  @Test
  void threeUpdatesLostInARowPutOffTheRest() throws Exception {
    script.answers(results(DUPLICATE, DUPLICATE, DUPLICATE, DUPLICATE, DUPLICATE));
    script.loses().loses().loses();

    assertThat(verdicts(delta(script).send(batch(5))))
        .<Class<?>>extracting(Verdict::getClass)
        .containsExactly(
            Verdict.InDoubt.class,
            Verdict.InDoubt.class,
            Verdict.InDoubt.class,
            Verdict.Deferred.class,
            Verdict.Deferred.class);
    assertThat(script.calls).hasSize(4);
  }

  @Test
  void throttledUpdateDefersTheRestWithoutFurtherCalls() throws Exception {
    script
        .answers(results(DUPLICATE, quoted(UUID_1), DUPLICATE, DUPLICATE))
        .answers("{\"stat\":\"ok\"}")
        .answers(429, "", new Header("Retry-After", "3"));

    Reply reply = delta(script).send(batch(4));

    var throttled = new Verdict.Deferred(Reason.of("HTTP 429", "too many calls"));
    assertThat(reply)
        .isEqualTo(
            new Reply.Answered(
                List.of(
                    Verdict.Accepted.WITHOUT_ID,
                    new Verdict.Accepted(UUID_1),
                    throttled,
                    throttled),
                Duration.ofSeconds(3)));
    assertThat(script.calls).hasSize(3);
  }

  @Test
  void updateThatMeetsAnotherUniqueValueIsNoSignThatTheRecordHadArrived() throws Exception {
    script.answers(results(DUPLICATE)).answers(DUPLICATE);

    assertThat(verdicts(delta(script).send(batch(1))))
        .containsExactly(
            new Verdict.Rejected(
                Reason.of("unique_violation", "Attempted to update a duplicate value"),
                Kind.PERMANENT));
  }

  @Test
  void listThatIsFatalLeavesTheRecordInDoubtForItIsHalfUpdated() throws Exception {
    var fields = Fields.of(FieldNames.of("email", "tags"), "a@example.com", List.of("x"));
    script.answers(results(DUPLICATE)).answers("{\"stat\":\"ok\"}").answers(401, "");

    assertThat(verdicts(delta(script).send(batch(Item.of(1, fields)))))
        .hasOnlyElementsOfType(Verdict.InDoubt.class);
  }

  @Test
  void updateThatFindsNoRecordSaysWhatTheDuplicateMustBe() throws Exception {
    script.answers(results(DUPLICATE)).answers(error(310, "record_not_found"));

    assertThat(verdicts(delta(script).send(batch(1))))
        .containsExactly(
            new Verdict.Rejected(
                Reason.of(
                    "unique_violation",
                    "a record that shares another unique value with this one is there already, but"
                        + " none with this email"),
                Kind.PERMANENT));
  }

  @Test
  void updateThatSaysTheCredentialsAreBadDoesNotUndoWhatWasCreated() throws Exception {
    script.answers(results(quoted(UUID_1), DUPLICATE)).answers(error(402, "invalid_client"));

    assertThat(verdicts(delta(script).send(batch(2))))
        .containsExactly(
            new Verdict.Accepted(UUID_1),
            new Verdict.Deferred(Reason.of("invalid_client", "About invalid_client")));
  }

  @Test
  void listThatCanNotBeReplacedNowLeavesTheRecordInDoubtForItIsHalfUpdated() throws Exception {
    var fields = Fields.of(FieldNames.of("email", "tags"), "a@example.com", List.of("x"));
    script
        .answers(results(DUPLICATE))
        .answers("{\"stat\":\"ok\"}")
        .answers(error(510, "rate_limit_exceeded"));

    assertThat(verdicts(delta(script).send(batch(Item.of(1, fields)))))
        .containsExactly(
            new Verdict.InDoubt(
                Reason.of(
                    "rate_limit_exceeded", "updated, but for 'tags': About rate_limit_exceeded")));
  }

  @Test
  void recordWithoutThePrimaryKeyIsRejectedUnsent() throws Exception {
    var batch = new Batch<>(1, List.of(item(1, "", "A"), item(2, "b@example.com", "B")), 1, "run");

    Reply reply = delta(script.answers(results(quoted(UUID_1)))).send(batch);

    assertThat(verdicts(reply)).first().isInstanceOf(Verdict.Rejected.class);
    assertThat(verdicts(reply)).last().isEqualTo(new Verdict.Accepted(UUID_1));
    assertThat(script.form(0).get("all_attributes")).doesNotContain("\"A\"");
  }

  @Test
  void duplicateAsTheAnswerToASingleRecordIsUpdatedToo() throws Exception {
    script.answers(DUPLICATE).answers("{\"stat\":\"ok\"}");

    assertThat(verdicts(delta(script).send(batch(1)))).containsExactly(Verdict.Accepted.WITHOUT_ID);
  }

  @Test
  void deltaIsIdempotentAndCreateIsNot() {
    assertThat(delta(script).traits().idempotence()).isEqualTo(Idempotence.IDEMPOTENT);
    assertThat(Fixtures.destination(script).traits().idempotence())
        .isEqualTo(Idempotence.NOT_IDEMPOTENT);
  }

  @Test
  void deltaWithoutAPrimaryKeyIsAMistake() {
    assertThatThrownBy(() -> Fixtures.settings("mode", "delta", "primary-key", "none"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must name an attribute when mode is delta");
  }

  @Test
  void updatesAreSpreadEvenlyOverTime() throws Exception {
    var waits = new ArrayList<Duration>();
    var pacer = new Pacer(4, () -> 0L, waits::add);
    script.answers(results(DUPLICATE, DUPLICATE, DUPLICATE));
    script.answers("{\"stat\":\"ok\"}").answers("{\"stat\":\"ok\"}").answers("{\"stat\":\"ok\"}");

    Fixtures.destination(script, pacer, "mode", "delta").send(batch(3));

    assertThat(waits).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
  }

  private static AkamaiDestination delta(Script script) {
    return Fixtures.destination(script, "mode", "delta");
  }
}
