package dev.waybill.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class FakeAwsTest {

  private static PutRecordsRequestEntry record(String key, String text) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(key)
        .data(SdkBytes.fromUtf8String(text))
        .build();
  }

  private static void put(KinesisClient kinesis, PutRecordsRequestEntry... records) {
    kinesis.putRecords(r -> r.streamName("s").records(records));
  }

  @Test
  void groundTruthSaysWhatWasStoredInWhichOrderAndHowOften() {
    try (var aws = FakeAws.start();
        var kinesis = Clients.client(KinesisClient.builder(), aws.endpoint())) {
      aws.kinesis().createStream("s", 4, 1024);
      aws.kinesis().faults().next(AwsFault.none(), AwsFault.failed(Effect.APPLIED));

      put(kinesis, record("a", "1"), record("b", "2"), record("a", "3"));
      assertThatThrownBy(() -> put(kinesis, record("a", "1")))
          .isInstanceOf(AwsServiceException.class);

      assertThat(aws.kinesis().timesStored())
          .containsExactly(entry("1", 2), entry("2", 1), entry("3", 1));
      assertThat(aws.kinesis().textsOf("a")).containsExactly("1", "3", "1");
      assertThat(aws.kinesis().calls())
          .extracting(SeenCall::items, SeenCall::status)
          .containsExactly(tuple(3, 200), tuple(1, 500));
    }
  }

  @Test
  void refusedCredentialsRefuseEverything() {
    try (var aws = FakeAws.start();
        var kinesis = Clients.client(KinesisClient.builder(), aws.endpoint())) {
      aws.kinesis().createStream("s");
      aws.refuseCredentials();

      var e =
          catchThrowableOfType(
              AwsServiceException.class,
              () -> kinesis.describeStreamSummary(r -> r.streamName("s")));
      aws.acceptCredentials();
      put(kinesis, record("a", "1"));

      assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
      assertThat(aws.kinesis().storedCount()).isEqualTo(1);
    }
  }

  @Test
  void largerRecordsGoIntoAStreamThatSaysSo() {
    try (var aws = FakeAws.start();
        var kinesis = Clients.client(KinesisClient.builder(), aws.endpoint())) {
      aws.kinesis().createStream("s", 1, 10_240);
      String large = "x".repeat(5_000_000);

      put(kinesis, record("a", large));

      assertThatThrownBy(
              () -> put(kinesis, record("a", large), record("a", large), record("a", large)))
          .isInstanceOf(AwsServiceException.class);
      assertThat(
              kinesis
                  .describeStreamSummary(r -> r.streamName("s"))
                  .streamDescriptionSummary()
                  .maxRecordSizeInKiB())
          .isEqualTo(10_240);
    }
  }

  @Test
  void instantFakeCountsAndKeepsNothing() {
    try (var aws = FakeAws.instant();
        var kinesis = Clients.client(KinesisClient.builder(), aws.endpoint())) {
      aws.kinesis().createStream("s");
      put(kinesis, record("a", "1"), record("a", "2"));

      assertThat(aws.kinesis().storedCount()).isEqualTo(2);
      assertThat(aws.kinesis().callCount()).isEqualTo(1);
      assertThatThrownBy(() -> aws.kinesis().stored()).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void seededFaultsAreTheSameForTheSameSeed() {
    var shares = Map.of(AwsFault.throttled(), 0.5);
    var once = new AwsFaults(BatchShapes.of(Service.SNS)).seeded(7, shares);
    var again = new AwsFaults(BatchShapes.of(Service.SNS)).seeded(7, shares);

    for (int i = 0; i < 100; i++) {
      assertThat(once.turn()).isEqualTo(again.turn());
    }
    assertThatThrownBy(() -> once.seeded(7, Map.of(AwsFault.throttled(), 1.5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fifoQueueForgetsADeduplicationIdAfterFiveMinutes() {
    var now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    try (var aws = FakeAws.start(now::get);
        var sqs = Clients.client(SqsClient.builder(), aws.endpoint())) {
      aws.sqs().createQueue("q.fifo", Map.of("ContentBasedDeduplication", "true"));
      String url = sqs.getQueueUrl(r -> r.queueName("q.fifo")).queueUrl();
      var entry =
          SendMessageBatchRequestEntry.builder()
              .id("a")
              .messageBody("same")
              .messageGroupId("g")
              .build();

      for (Duration later :
          List.of(Duration.ZERO, Duration.ofSeconds(299), Duration.ofSeconds(2))) {
        now.updateAndGet(time -> time.plus(later));
        sqs.sendMessageBatch(r -> r.queueUrl(url).entries(entry));
      }

      assertThat(aws.sqs().textsOf("g")).containsExactly("same", "same");
    }
  }

  @Test
  void slowAnswerIsGivenUpByTheClientThoughAllWasStored() {
    try (var aws = FakeAws.start();
        var kinesis =
            Clients.client(KinesisClient.builder(), aws.endpoint(), Duration.ofMillis(300))) {
      aws.kinesis().createStream("s");
      put(kinesis, record("a", "1"));
      aws.kinesis().faults().next(AwsFault.slow(Duration.ofSeconds(30)));

      assertThatThrownBy(() -> put(kinesis, record("a", "2")))
          .isInstanceOf(ApiCallTimeoutException.class);
      assertThat(aws.kinesis().texts()).containsExactly("1", "2");
    }
  }
}
