package dev.waybill.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.firehose.model.ServiceUnavailableException;

class FakeFirehoseTest {

  private final FakeAws aws = FakeAws.start();
  private final FirehoseClient firehose = Clients.client(FirehoseClient.builder(), aws.endpoint());

  @BeforeEach
  void createStream() {
    aws.firehose().createDeliveryStream("events");
  }

  @AfterEach
  void end() {
    firehose.close();
    aws.close();
  }

  private PutRecordBatchResponse put(String... texts) {
    var records =
        Stream.of(texts)
            .map(text -> Record.builder().data(SdkBytes.fromUtf8String(text)).build())
            .toList();
    return firehose.putRecordBatch(r -> r.deliveryStreamName("events").records(records));
  }

  @Test
  void recordsAreStored() {
    PutRecordBatchResponse answer = put("a", "b");

    assertThat(answer.failedPutCount()).isZero();
    assertThat(answer.requestResponses()).allMatch(r -> r.recordId() != null);
    assertThat(aws.firehose().texts()).containsExactly("a", "b");
  }

  @Test
  void singleRecordIsStoredAndMayFail() {
    aws.firehose()
        .faults()
        .next(
            AwsFault.none(), AwsFault.itemsFailed(Selection.all(), "ServiceUnavailableException"));
    var record = Record.builder().data(SdkBytes.fromUtf8String("one")).build();

    firehose.putRecord(r -> r.deliveryStreamName("events").record(record));

    assertThatThrownBy(() -> firehose.putRecord(r -> r.deliveryStreamName("events").record(record)))
        .isInstanceOf(ServiceUnavailableException.class);
    assertThat(aws.firehose().texts()).containsExactly("one");
  }

  @Test
  void failedRecordsAreNamedByPosition() {
    aws.firehose()
        .faults()
        .next(AwsFault.itemsFailed(Selection.at(1), "ServiceUnavailableException"));

    PutRecordBatchResponse answer = put("a", "b", "c");

    assertThat(answer.failedPutCount()).isEqualTo(1);
    assertThat(answer.requestResponses())
        .extracting(PutRecordBatchResponseEntry::errorCode)
        .containsExactly(null, "ServiceUnavailableException", null);
    assertThat(aws.firehose().texts()).containsExactly("a", "c");
  }

  @Test
  void throttledCallIsServiceUnavailable() {
    aws.firehose().faults().next(AwsFault.throttled());

    var e = catchThrowableOfType(ServiceUnavailableException.class, () -> put("a"));

    assertThat(e.statusCode()).isEqualTo(503);
    assertThat(aws.firehose().stored()).isEmpty();
  }

  @Test
  void tooLargeARecordAndTooManyBytesAreRefused() {
    String most = "x".repeat(1_024_000);
    put(most, most, most, most);

    assertThatThrownBy(() -> put(most + "x")).isInstanceOf(AwsServiceException.class);
    assertThatThrownBy(() -> put(most, most, most, most, most))
        .isInstanceOf(AwsServiceException.class);
    assertThat(aws.firehose().storedCount()).isEqualTo(4);
  }

  @Test
  void streamIsDescribedOrNotFound() {
    assertThat(
            firehose
                .describeDeliveryStream(r -> r.deliveryStreamName("events"))
                .deliveryStreamDescription()
                .deliveryStreamStatusAsString())
        .isEqualTo("ACTIVE");
    assertThatThrownBy(() -> firehose.describeDeliveryStream(r -> r.deliveryStreamName("nowhere")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void cutConnectionsAreAlike() {
    aws.firehose().faults().next(AwsFault.cut(Effect.NOT_APPLIED), AwsFault.cut(Effect.APPLIED));

    assertThatThrownBy(() -> put("before")).isInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> put("after")).isInstanceOf(SdkClientException.class);
    assertThat(aws.firehose().texts()).containsExactly("after");
  }
}
