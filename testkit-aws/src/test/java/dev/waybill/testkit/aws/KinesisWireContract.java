package dev.waybill.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/// What the real SDK sees of Kinesis, and what is really in the stream.
abstract class KinesisWireContract {

  private static int streams;

  private String stream = "";
  private WireSubject subject;
  private KinesisClient kinesis;

  abstract WireSubject start();

  abstract void stop();

  @BeforeEach
  void createStream() {
    subject = start();
    kinesis = Clients.client(KinesisClient.builder(), subject.endpoint());
    stream = "stream-" + ++streams;
    kinesis.createStream(r -> r.streamName(stream).shardCount(1));
    Await.until(
        () ->
            kinesis
                    .describeStreamSummary(r -> r.streamName(stream))
                    .streamDescriptionSummary()
                    .streamStatus()
                == StreamStatus.ACTIVE);
  }

  @AfterEach
  void end() {
    kinesis.close();
    stop();
  }

  private static PutRecordsRequestEntry entry(String text) {
    return PutRecordsRequestEntry.builder()
        .partitionKey("key")
        .data(SdkBytes.fromUtf8String(text))
        .build();
  }

  private PutRecordsResponse put(String... texts) {
    return put(List.of(texts).stream().map(KinesisWireContract::entry).toList());
  }

  private PutRecordsResponse put(List<PutRecordsRequestEntry> entries) {
    return kinesis.putRecords(r -> r.streamName(stream).records(entries));
  }

  private AwsServiceException refused(List<PutRecordsRequestEntry> entries) {
    return catchThrowableOfType(AwsServiceException.class, () -> put(entries));
  }

  private List<String> stored() {
    String shard = kinesis.listShards(r -> r.streamName(stream)).shards().getFirst().shardId();
    String iterator =
        kinesis
            .getShardIterator(
                r ->
                    r.streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    List<Record> records = kinesis.getRecords(r -> r.shardIterator(iterator)).records();
    return records.stream().map(record -> record.data().asUtf8String()).toList();
  }

  @Test
  void recordsAreStoredInTheirOrder() {
    PutRecordsResponse answer = put("a", "b", "c");

    assertThat(answer.failedRecordCount()).isZero();
    assertThat(answer.records()).allMatch(record -> record.sequenceNumber() != null);
    assertThat(stored()).containsExactly("a", "b", "c");
  }

  @Test
  void fiveHundredRecordsGoInOneCall() {
    put(IntStream.range(0, 500).mapToObj(i -> entry("r" + i)).toList());

    assertThat(stored()).hasSize(500);
  }

  @Test
  void singleRecordIsStored() {
    kinesis.putRecord(
        r -> r.streamName(stream).partitionKey("k").data(SdkBytes.fromUtf8String("one")));

    assertThat(stored()).containsExactly("one");
  }

  @Test
  void moreThanFiveHundredRecordsAreRefusedAsAWhole() {
    AwsServiceException e = refused(IntStream.range(0, 501).mapToObj(i -> entry("r" + i)).toList());

    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
    assertThat(e.statusCode()).isEqualTo(400);
    assertThat(stored()).isEmpty();
  }

  @Test
  void recordOfMoreThanOneMebibyteRefusesTheWholeCall() {
    AwsServiceException e = refused(List.of(entry("small"), entry("x".repeat(1024 * 1024 + 1))));

    assertThat(e.awsErrorDetails().errorCode())
        .isIn("ValidationException", "InvalidArgumentException");
    assertThat(stored()).isEmpty();
  }

  @Test
  void partitionKeyOfMoreThan256CharactersRefusesTheWholeCall() {
    var bad = entry("b").toBuilder().partitionKey("k".repeat(257)).build();

    AwsServiceException e = refused(List.of(entry("a"), bad));

    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
    assertThat(stored()).isEmpty();
  }

  @Test
  void streamThatIsNotThereIsNamed() {
    var e =
        catchThrowableOfType(
            ResourceNotFoundException.class,
            () -> kinesis.putRecords(r -> r.streamName("nowhere").records(entry("a"))));

    assertThat(e.awsErrorDetails().errorMessage()).contains("nowhere");
  }

  @Test
  void throttledCallStoresNothing() {
    subject.faults().next(AwsFault.throttled());

    AwsServiceException e = refused(List.of(entry("a")));

    assertThat(e.isThrottlingException()).isTrue();
    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ProvisionedThroughputExceededException");
    assertThat(stored()).isEmpty();
  }

  @Test
  void failedRecordsAreNamedByPositionAndNotStored() {
    subject
        .faults()
        .next(AwsFault.itemsFailed(Selection.at(0, 2), "ProvisionedThroughputExceededException"));

    PutRecordsResponse answer = put("a", "b", "c", "d");

    assertThat(answer.failedRecordCount()).isEqualTo(2);
    assertThat(answer.records())
        .extracting(PutRecordsResultEntry::errorCode)
        .containsExactly(
            "ProvisionedThroughputExceededException",
            null,
            "ProvisionedThroughputExceededException",
            null);
    assertThat(stored()).containsExactly("b", "d");
  }

  @Test
  void everyRecordMayFail() {
    subject.faults().next(AwsFault.itemsFailed(Selection.all(), "InternalFailure"));

    assertThat(put("a", "b").failedRecordCount()).isEqualTo(2);
    assertThat(stored()).isEmpty();
  }

  @Test
  void failedRecordMayHaveBeenStoredAllTheSame() {
    subject.faults().next(AwsFault.itemsFailed(Selection.at(1), "InternalFailure", Effect.APPLIED));

    assertThat(put("a", "b").records().get(1).errorCode()).isEqualTo("InternalFailure");
    assertThat(stored()).containsExactly("a", "b");
  }

  @Test
  void recordInNoListMakesTheAnswerShorter() {
    subject.faults().next(AwsFault.itemsMissing(Selection.at(1), Effect.NOT_APPLIED));

    assertThat(put("a", "b", "c").records()).hasSize(2);
    assertThat(stored()).containsExactly("a", "c");
  }

  @Test
  void connectionCutBeforeStoresNothingAndAfterStoresAll() {
    subject
        .faults()
        .next(AwsFault.cut(Effect.NOT_APPLIED), AwsFault.cut(Effect.APPLIED), AwsFault.none());

    assertThat(catchThrowableOfType(SdkClientException.class, () -> put("before"))).isNotNull();
    assertThat(catchThrowableOfType(SdkClientException.class, () -> put("after"))).isNotNull();
    put("last");

    assertThat(stored()).containsExactly("after", "last");
  }

  @Test
  void internalErrorLeavesOpenWhatWasStored() {
    subject.faults().next(AwsFault.failed(Effect.NOT_APPLIED), AwsFault.failed(Effect.APPLIED));

    assertThat(refused(List.of(entry("before"))).statusCode()).isEqualTo(500);
    AwsServiceException e = refused(List.of(entry("after")));

    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InternalFailure");
    assertThat(stored()).containsExactly("after");
  }

  @Test
  void deniedCredentialsStoreNothing() {
    subject.faults().next(AwsFault.denied());

    assertThat(refused(List.of(entry("a"))).awsErrorDetails().errorCode())
        .isEqualTo("AccessDeniedException");
    assertThat(stored()).isEmpty();
  }

  @Test
  void steadyThrottlingOfHalfTheRecordsLetsTheOthersThrough() {
    subject
        .faults()
        .always(
            AwsFault.itemsFailed(
                Selection.share(0.5, 42), "ProvisionedThroughputExceededException"));

    var open = new ArrayList<String>(IntStream.range(0, 40).mapToObj(i -> "r" + i).toList());
    int calls = 0;
    while (!open.isEmpty() && calls++ < 50) {
      List<PutRecordsResultEntry> told = put(open.toArray(String[]::new)).records();
      var failed = new ArrayList<String>();
      for (int i = 0; i < told.size(); i++) {
        if (told.get(i).errorCode() != null) {
          failed.add(open.get(i));
        }
      }
      open = failed;
    }

    assertThat(calls).isBetween(3, 20);
    assertThat(stored()).hasSize(40).doesNotHaveDuplicates();
  }
}
