package dev.waybill.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.delivery.Backoff;
import dev.waybill.run.Dispatcher;
import dev.waybill.testkit.FaultProxy;
import dev.waybill.testkit.FaultProxy.Fault;
import dev.waybill.testkit.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A dispatcher over a line that breaks again and again: what it tells of each record is compared
/// with what the index holds.
@Timeout(60) // a dispatcher that never ends is what this looks for
class FaultsTest {

  private static final List<Fields> CONTACTS =
      LongStream.rangeClosed(1, 300).mapToObj(i -> Records.contact(i, i).payload()).toList();

  @ParameterizedTest
  @ValueSource(strings = {"upsert", "insert"})
  void documentsAreAllThereOnceHoweverOftenTheLineBreaks(String mode) throws Exception {
    String index = "faults-" + mode;
    OpenSearchNode.makeIndex(index);
    FaultScript seeded =
        FaultScript.seeded(
            7,
            Map.of(
                Fault.CUT_BEFORE, 0.1,
                Fault.RESET_BEFORE, 0.1,
                Fault.CUT_AFTER, 0.1,
                Fault.RESET_AFTER, 0.1,
                Fault.CUT_ANSWER, 0.1));
    // Half of the calls meet something, but not the one by which the destination is opened.
    try (var line =
        FaultProxy.before(
            OpenSearchNode.port(), call -> call <= 1 ? Fault.PASS : seeded.fault(call))) {
      var destination =
          Records.open(
              "opensearch://localhost:" + line.port() + "/" + index,
              Records.WITHOUT_KEY,
              "id",
              "{id}",
              "mode",
              mode);
      try (var dispatcher =
          Dispatcher.to(destination)
              .policy(
                  policy ->
                      policy
                          .batchItems(10)
                          .inFlight(2)
                          .maxAttempts(50)
                          .retryBudget(10_000)
                          .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5))))
              .open()) {
        CONTACTS.forEach(dispatcher::submit);
        assertThat(dispatcher.flush()).isEmpty();
      }
      assertThat(line.count(Fault.CUT_AFTER) + line.count(Fault.RESET_AFTER)).isPositive();
    }
    assertThat(OpenSearchNode.ids(index, "c"))
        .containsExactlyInAnyOrderElementsOf(
            CONTACTS.stream().map(contact -> String.valueOf(contact.text("id"))).toList());
  }
}
