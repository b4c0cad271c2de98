package dev.waybill.akamai;

import static dev.waybill.akamai.Fixtures.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.akamai.CaptureServer.Fault;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Verifier;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverTheWireTest {

  @ParameterizedTest
  @ValueSource(strings = {"basic", "form", "signature", "oauth"})
  void everyWayToShowTheCredentialsIsTaken(String auth) throws Exception {
    try (var subject =
            new CaptureSubject(Map.of("auth", auth, "access-token", CaptureServer.TOKEN));
        Destination<Fields> destination = subject.open()) {
      assertThat(verdicts(destination.send(batch(subject, 1, 3))))
          .hasOnlyElementsOfType(Verdict.Accepted.class);
    }
  }

  @Test
  void wrongSecretIsFatal() throws Exception {
    try (var subject = new CaptureSubject(Map.of("client-secret", "another"));
        Destination<Fields> destination = subject.open()) {
      assertThat(destination.send(batch(subject, 1, 3))).isInstanceOf(Reply.Fatal.class);
    }
  }

  @Test
  void unknownEntityTypeIsFatal() throws Exception {
    try (var subject = new CaptureSubject(Map.of("type-name", "usr"));
        Destination<Fields> destination = subject.open()) {
      assertThat(destination.send(batch(subject, 1, 3))).isInstanceOf(Reply.Fatal.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void brokenCallIsInDoubtAndAskingTellsWhatBecameOfIt(boolean applied) throws Exception {
    try (var subject = new CaptureSubject(Map.of());
        Destination<Fields> destination = subject.open()) {
      subject.server().next(applied ? Fault.DROP_AFTER : Fault.DROP_BEFORE);
      Batch<Fields> batch = batch(subject, 1, 3);

      assertThat(destination.send(batch)).isInstanceOf(Reply.InDoubt.class);
      Findings findings = ((Verifier<Fields>) destination).find(batch.items());

      assertThat(((Findings.Found) findings).presences())
          .hasOnlyElementsOfType(applied ? Presence.Present.class : Presence.Absent.class);
    }
  }

  @Test
  void rateLimitIsThrottlingAndNothingWasApplied() throws Exception {
    try (var subject = new CaptureSubject(Map.of());
        Destination<Fields> destination = subject.open()) {
      subject.server().next(Fault.THROTTLE);

      assertThat(destination.send(batch(subject, 1, 3))).isInstanceOf(Reply.Throttled.class);
      assertThat(subject.applied()).isZero();
    }
  }

  @Test
  void deltaCreatesTheNewAndUpdatesTheOld() throws Exception {
    try (var subject = new CaptureSubject(Map.of("mode", "delta", "update-rate", "0"));
        Destination<Fields> destination = subject.open()) {
      destination.send(batch(subject, 1, 3));
      var changed =
          List.of(
              Fixtures.item(1, "user+1@example.com", "Changed"), // is there
              Fixtures.item(2, "new@example.com", "New"));

      Reply reply = destination.send(new Batch<>(2, changed, 1, "key-2"));

      assertThat(verdicts(reply)).hasOnlyElementsOfType(Verdict.Accepted.class);
      assertThat(subject.server().entity("user+1@example.com"))
          .containsEntry("givenName", "Changed");
      assertThat(subject.applied()).isEqualTo(4);
    }
  }

  private static Batch<Fields> batch(CaptureSubject subject, long from, int count) {
    var items = new ArrayList<Item<Fields>>();
    for (long ordinal = from; ordinal < from + count; ordinal++) {
      items.add(subject.valid(ordinal));
    }
    return new Batch<>(1, List.copyOf(items), 1, "run");
  }
}
