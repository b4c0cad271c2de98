package dev.waybill.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sns.model.TooManyEntriesInBatchRequestException;

class FakeSnsTest {

  private static final String TOPIC = FakeSns.topicArn("news");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
  private final FakeAws aws = FakeAws.start(now::get);
  private final SnsClient sns = Clients.client(SnsClient.builder(), aws.endpoint());

  @AfterEach
  void end() {
    sns.close();
    aws.close();
  }

  private static PublishBatchRequestEntry entry(String id, String message) {
    return PublishBatchRequestEntry.builder().id(id).message(message).build();
  }

  private PublishBatchResponse publish(String topic, PublishBatchRequestEntry... entries) {
    return sns.publishBatch(r -> r.topicArn(topic).publishBatchRequestEntries(entries));
  }

  @Test
  void messagesAreStoredWithWhatTheFormCanNotCarryPlainly() {
    aws.sns().createTopic("news");
    var attribute = MessageAttributeValue.builder().dataType("String").stringValue("v").build();

    PublishBatchResponse answer =
        publish(
            TOPIC,
            entry("a", "é & <b> = 100%\n"),
            entry("b", "2").toBuilder().messageAttributes(Map.of("k", attribute)).build());

    assertThat(answer.successful())
        .extracting(PublishBatchResultEntry::id)
        .containsExactly("a", "b");
    assertThat(aws.sns().texts()).containsExactly("é & <b> = 100%\n", "2");
  }

  @Test
  void failedEntriesAndAnEntryInNeitherList() {
    aws.sns().createTopic("news");
    aws.sns()
        .faults()
        .next(
            AwsFault.itemsFailed(Selection.at(1), "InternalError"),
            AwsFault.itemsMissing(Selection.at(1), Effect.NOT_APPLIED));

    PublishBatchResponse failed = publish(TOPIC, entry("a", "1"), entry("b", "2"));
    PublishBatchResponse missing = publish(TOPIC, entry("a", "3"), entry("b", "4"));

    assertThat(failed.failed())
        .extracting(
            BatchResultErrorEntry::id,
            BatchResultErrorEntry::code,
            BatchResultErrorEntry::senderFault)
        .containsExactly(tuple("b", "InternalError", false));
    assertThat(missing.failed()).isEmpty();
    assertThat(missing.successful()).hasSize(1);
    assertThat(aws.sns().texts()).containsExactly("1", "3");
  }

  @Test
  void emptyMessageFailsItsEntryAlone() {
    aws.sns().createTopic("news");

    PublishBatchResponse answer = publish(TOPIC, entry("a", "1"), entry("b", ""));

    assertThat(answer.failed())
        .extracting(BatchResultErrorEntry::code, BatchResultErrorEntry::senderFault)
        .containsExactly(tuple("InvalidParameter", true));
  }

  @Test
  void limitsOfABatchRefuseTheWholeCall() {
    aws.sns().createTopic("news");
    var eleven =
        IntStream.range(0, 11)
            .mapToObj(i -> entry("i" + i, "m"))
            .toArray(PublishBatchRequestEntry[]::new);
    String large = "x".repeat(200_000);

    assertThatThrownBy(() -> publish(TOPIC, eleven))
        .isInstanceOf(TooManyEntriesInBatchRequestException.class);
    assertThatThrownBy(() -> publish(TOPIC, entry("a", large), entry("b", large)))
        .isInstanceOf(BatchRequestTooLongException.class);
    assertThatThrownBy(() -> publish(FakeSns.topicArn("nowhere"), entry("a", "1")))
        .isInstanceOf(NotFoundException.class);
    assertThat(aws.sns().stored()).isEmpty();
  }

  @Test
  void throttledDeniedFailedAndCut() {
    aws.sns().createTopic("news");
    aws.sns()
        .faults()
        .next(
            AwsFault.throttled(),
            AwsFault.denied(),
            AwsFault.failed(Effect.APPLIED),
            AwsFault.cut(Effect.NOT_APPLIED));

    var throttled =
        catchThrowableOfType(AwsServiceException.class, () -> publish(TOPIC, entry("a", "1")));
    var denied =
        catchThrowableOfType(AwsServiceException.class, () -> publish(TOPIC, entry("a", "2")));
    var failed =
        catchThrowableOfType(AwsServiceException.class, () -> publish(TOPIC, entry("a", "3")));

    assertThat(throttled.isThrottlingException()).isTrue();
    assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AuthorizationError");
    assertThat(failed.awsErrorDetails().errorCode()).isEqualTo("InternalError");
    assertThatThrownBy(() -> publish(TOPIC, entry("a", "4")))
        .isInstanceOf(SdkClientException.class);
    assertThat(aws.sns().texts()).containsExactly("3");
  }

  @Test
  void fifoTopicForgetsADeduplicationIdAfterFiveMinutes() {
    aws.sns().createTopic("news.fifo");
    var entry = entry("a", "1").toBuilder().messageGroupId("g").messageDeduplicationId("d").build();

    for (int seconds : new int[] {0, 299, 2}) {
      now.updateAndGet(time -> time.plusSeconds(seconds));
      publish(FakeSns.topicArn("news.fifo"), entry);
    }

    assertThat(aws.sns().textsOf("g")).containsExactly("1", "1");
  }
}
