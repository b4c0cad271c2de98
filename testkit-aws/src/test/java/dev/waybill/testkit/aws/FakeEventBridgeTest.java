package dev.waybill.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

class FakeEventBridgeTest {

  private final FakeAws aws = FakeAws.start();
  private final EventBridgeClient events =
      Clients.client(EventBridgeClient.builder(), aws.endpoint());

  @AfterEach
  void end() {
    events.close();
    aws.close();
  }

  private static PutEventsRequestEntry entry(String detail) {
    return PutEventsRequestEntry.builder().source("test").detailType("kind").detail(detail).build();
  }

  private PutEventsResponse put(PutEventsRequestEntry... entries) {
    return events.putEvents(r -> r.entries(entries));
  }

  @Test
  void eventsAreStored() {
    assertThat(put(entry("{\"a\":1}"), entry("{\"a\":2}")).failedEntryCount()).isZero();
    assertThat(aws.eventBridge().texts()).containsExactly("{\"a\":1}", "{\"a\":2}");
  }

  @Test
  void badEntriesFailAloneUnlessAllAreBad() {
    var withoutSource = entry("{}").toBuilder().source(null).build();

    PutEventsResponse answer = put(entry("{\"a\":1}"), withoutSource, entry("{"));

    assertThat(answer.entries())
        .extracting(PutEventsResultEntry::errorCode)
        .containsExactly(null, "InvalidArgument", "MalformedDetail");
    assertThatThrownBy(() -> put(withoutSource)).isInstanceOf(AwsServiceException.class);
    assertThat(aws.eventBridge().storedCount()).isEqualTo(1);
  }

  @Test
  void failedEntriesAreNamedByPosition() {
    aws.eventBridge().faults().next(AwsFault.itemsFailed(Selection.at(0), "ThrottlingException"));

    PutEventsResponse answer = put(entry("{\"a\":1}"), entry("{\"a\":2}"));

    assertThat(answer.failedEntryCount()).isEqualTo(1);
    assertThat(aws.eventBridge().texts()).containsExactly("{\"a\":2}");
  }

  @Test
  void limitsRefuseTheWholeCall() {
    var eleven = Collections.nCopies(11, entry("{}")).toArray(PutEventsRequestEntry[]::new);
    var large = entry("{\"a\":\"" + "x".repeat(300_000) + "\"}");

    assertThatThrownBy(() -> put(eleven)).isInstanceOf(AwsServiceException.class);
    assertThatThrownBy(() -> put(large)).isInstanceOf(AwsServiceException.class);
    aws.eventBridge().maxRequestBytes(1024 * 1024);
    put(large);

    assertThat(aws.eventBridge().storedCount()).isEqualTo(1);
  }

  @Test
  void throttledAndFailedCalls() {
    aws.eventBridge().faults().next(AwsFault.throttled(), AwsFault.failed(Effect.NOT_APPLIED));

    var throttled = catchThrowableOfType(AwsServiceException.class, () -> put(entry("{}")));
    var failed = catchThrowableOfType(AwsServiceException.class, () -> put(entry("{}")));

    assertThat(throttled.isThrottlingException()).isTrue();
    assertThat(failed.awsErrorDetails().errorCode()).isEqualTo("InternalException");
  }

  @Test
  void busIsDescribedOrNotFound() {
    aws.eventBridge().createEventBus("orders");

    assertThat(events.describeEventBus(r -> r.name("orders")).name()).isEqualTo("orders");
    assertThatThrownBy(() -> events.describeEventBus(r -> r.name("nowhere")))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
