package dev.waybill.akamai;

import static dev.waybill.akamai.Fixtures.UUID_1;
import static dev.waybill.akamai.Fixtures.UUID_2;
import static dev.waybill.akamai.Fixtures.batch;
import static dev.waybill.akamai.Fixtures.destination;
import static dev.waybill.akamai.Fixtures.error;
import static dev.waybill.akamai.Fixtures.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.akamai.Fixtures.Script;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupTest {

  private final Script script = new Script();

  @Test
  void recordsAreAskedForByTheirKeysInOneCall() throws Exception {
    script.answers(
        "{\"stat\":\"ok\",\"result_count\":1,\"results\":[{\"email\":\"u2@example.com\",\"uuid\":\""
            + UUID_2
            + "\"}]}");

    Findings findings = destination(script).find(batch(3).items());

    assertThat(findings)
        .isEqualTo(
            new Findings.Found(
                List.of(
                    new Presence.Absent(), new Presence.Present(UUID_2), new Presence.Absent())));
    assertThat(script.operations()).containsExactly("/entity.find");
    assertThat(script.form(0))
        .containsEntry(
            "filter", "email='u1@example.com' or email='u2@example.com' or email='u3@example.com'")
        .containsEntry("attributes", "[\"uuid\",\"email\"]")
        .containsEntry("max_results", "10000");
  }

  @Test
  void keyThatCanNotStandInAFilterIsAskedForByItself() throws Exception {
    script
        .answers("{\"stat\":\"ok\",\"result\":{\"uuid\":\"" + UUID_1 + "\"}}")
        .answers(error(310, "record_not_found"));

    Findings findings =
        destination(script)
            .find(
                List.of(
                    item(1, "o'hara@example.com", "O"),
                    item(2, "x' or email is not null or email='@example.com", "X")));

    assertThat(findings)
        .isEqualTo(
            new Findings.Found(List.of(new Presence.Present(UUID_1), new Presence.Absent())));
    assertThat(script.operations()).containsExactly("/entity", "/entity");
    assertThat(script.form(0))
        .containsEntry("key_attribute", "email")
        .containsEntry("key_value", "\"o'hara@example.com\"");
  }

  @Test
  void keyThatCanNotBeAskedForLeavesItsRecordUndecidedAndNoOther() throws Exception {
    script.answers(404, "").answers("{\"stat\":\"ok\",\"results\":[]}");

    Findings findings =
        destination(script)
            .find(List.of(item(1, "o'hara@example.com", "O"), item(2, "a@example.com", "A")));

    assertThat(presences(findings)).first().isInstanceOf(Presence.Undecided.class);
    assertThat(presences(findings)).last().isEqualTo(new Presence.Absent());
  }

  @Test
  void recordWithoutAKeyIsUndecidedAndCostsNoCall() throws Exception {
    Findings findings = destination(script).find(List.of(item(1, null, "N")));

    assertThat(presences(findings)).hasOnlyElementsOfType(Presence.Undecided.class);
    assertThat(script.calls).isEmpty();
  }

  @Test
  void secondRecordWithTheSameKeyIsUndecided() throws Exception {
    script.answers(
        "{\"stat\":\"ok\",\"results\":[{\"email\":\"a@example.com\",\"uuid\":\""
            + UUID_1
            + "\"}]}");

    Findings findings =
        destination(script)
            .find(List.of(item(1, "a@example.com", "A"), item(2, "a@example.com", "B")));

    assertThat(presences(findings)).first().isEqualTo(new Presence.Present(UUID_1));
    assertThat(presences(findings)).last().isInstanceOf(Presence.Undecided.class);
  }

  @Test
  void keyThatDiffersInCaseOnlyIsUndecided() throws Exception {
    script.answers(
        "{\"stat\":\"ok\",\"results\":[{\"email\":\"a@example.com\",\"uuid\":\""
            + UUID_1
            + "\"}]}");

    assertThat(presences(destination(script).find(List.of(item(1, "A@example.com", "A")))))
        .hasOnlyElementsOfType(Presence.Undecided.class);
  }

  @Test
  void numbersAndNestedKeysAreFound() throws Exception {
    var fields = Fields.of(FieldNames.of("account.number"), 17L);
    script.answers(
        "{\"stat\":\"ok\",\"results\":[{\"account\":{\"number\":17},\"uuid\":\""
            + UUID_1
            + "\"}]}");

    Findings findings =
        destination(script, "primary-key", "account.number").find(List.of(Item.of(1, fields)));

    assertThat(presences(findings)).containsExactly(new Presence.Present(UUID_1));
    assertThat(script.form(0)).containsEntry("filter", "account.number='17'");
  }

  @Test
  void manyKeysAreAskedForAHundredAtATime() throws Exception {
    script.answers("{\"stat\":\"ok\",\"results\":[]}").answers("{\"stat\":\"ok\",\"results\":[]}");

    Findings findings = destination(script).find(batch(150).items());

    assertThat(presences(findings)).hasSize(150).hasOnlyElementsOfType(Presence.Absent.class);
    assertThat(script.calls).hasSize(2);
  }

  @Test
  void askingThatFailsSaysSo() throws Exception {
    assertThat(destination(script.loses()).find(batch(2).items()))
        .isInstanceOf(Findings.Failed.class);
    assertThat(
            destination(script.answers(error(510, "rate_limit_exceeded"))).find(batch(2).items()))
        .isInstanceOf(Findings.Failed.class);
    assertThat(destination(script.answers("{\"stat\":\"ok\"}")).find(batch(2).items()))
        .isInstanceOf(Findings.Failed.class);
  }

  @Test
  void withoutAPrimaryKeyNothingIsAsked() throws Exception {
    assertThat(presences(destination(script, "primary-key", "none").find(batch(2).items())))
        .hasSize(2)
        .hasOnlyElementsOfType(Presence.Undecided.class);
  }

  private static List<Presence> presences(Findings findings) {
    assertThat(findings).isInstanceOf(Findings.Found.class);
    return ((Findings.Found) findings).presences();
  }
}
