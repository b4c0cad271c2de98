package dev.waybill.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

class FakeLogsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final FakeAws aws = FakeAws.start(() -> NOW);
  private final CloudWatchLogsClient logs =
      Clients.client(CloudWatchLogsClient.builder(), aws.endpoint());

  @BeforeEach
  void createStream() {
    logs.createLogGroup(r -> r.logGroupName("group"));
    logs.createLogStream(r -> r.logGroupName("group").logStreamName("stream"));
  }

  @AfterEach
  void end() {
    logs.close();
    aws.close();
  }

  private static InputLogEvent event(Duration fromNow, String message) {
    return InputLogEvent.builder()
        .timestamp(NOW.plus(fromNow).toEpochMilli())
        .message(message)
        .build();
  }

  private PutLogEventsResponse put(InputLogEvent... events) {
    return logs.putLogEvents(
        r -> r.logGroupName("group").logStreamName("stream").logEvents(events));
  }

  @Test
  void eventsAreStored() {
    PutLogEventsResponse answer =
        put(event(Duration.ofMinutes(-1), "a"), event(Duration.ZERO, "b"));

    assertThat(answer.rejectedLogEventsInfo()).isNull();
    assertThat(aws.logs().texts()).containsExactly("a", "b");
    assertThat(logs.describeLogStreams(r -> r.logGroupName("group")).logStreams()).hasSize(1);
  }

  @Test
  void eventsTooOldOrTooNewAreToldByIndexAndTheRestIsStored() {
    Duration old = Duration.ofDays(-14);
    var tooOld =
        put(
            event(old.minusHours(1), "a"),
            event(old.minusMinutes(1), "b"),
            event(old.plusMinutes(1), "c"));
    var tooNew = put(event(Duration.ofHours(1), "d"), event(Duration.ofHours(3), "e"));

    assertThat(tooOld.rejectedLogEventsInfo().tooOldLogEventEndIndex()).isEqualTo(2);
    assertThat(tooNew.rejectedLogEventsInfo().tooNewLogEventStartIndex()).isEqualTo(1);
    assertThat(aws.logs().texts()).containsExactly("c", "d");
  }

  @Test
  void disorderAndTooLongASpanAndTooManyBytesRefuseTheWholeCall() {
    assertThatThrownBy(() -> put(event(Duration.ZERO, "a"), event(Duration.ofMinutes(-1), "b")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> put(event(Duration.ofHours(-25), "a"), event(Duration.ZERO, "b")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> put(event(Duration.ZERO, "x".repeat(1_048_576 - 25))))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(aws.logs().stored()).isEmpty();
  }

  @Test
  void streamThatIsThereOrNot() {
    assertThatThrownBy(() -> logs.createLogGroup(r -> r.logGroupName("group")))
        .isInstanceOf(ResourceAlreadyExistsException.class);
    assertThatThrownBy(
            () ->
                logs.putLogEvents(
                    r ->
                        r.logGroupName("group")
                            .logStreamName("nowhere")
                            .logEvents(event(Duration.ZERO, "a"))))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void throttledCallStoresNothingAndItemsCanNotFailOneByOne() {
    aws.logs().faults().next(AwsFault.throttled());

    var e = catchThrowableOfType(AwsServiceException.class, () -> put(event(Duration.ZERO, "a")));

    assertThat(e.isThrottlingException()).isTrue();
    assertThat(aws.logs().stored()).isEmpty();
    assertThatThrownBy(() -> aws.logs().faults().next(AwsFault.itemsFailed(Selection.at(0), "Any")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
