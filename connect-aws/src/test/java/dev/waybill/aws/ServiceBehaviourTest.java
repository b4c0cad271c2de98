package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.run.Dispatcher;
import dev.waybill.run.Undelivered;
import dev.waybill.testkit.aws.AwsFault;
import dev.waybill.testkit.aws.Effect;
import dev.waybill.testkit.aws.FakeAws;
import dev.waybill.testkit.aws.FakeSns;
import dev.waybill.testkit.aws.Selection;
import dev.waybill.testkit.aws.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What is peculiar to a service.
@Timeout(60)
class ServiceBehaviourTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final FakeAws aws = FakeAws.start(() -> NOW);

  @BeforeEach
  void prepare() {
    Fakes.prepare(aws);
  }

  @AfterEach
  void close() {
    aws.close();
  }

  // ---- Kinesis, Firehose, SNS, EventBridge: what their answers say of each item

  @Test
  void sequenceNumberIsTheIdOfARecord() throws Exception {
    try (var destination = EveryService.KINESIS.open(Fakes.connection(aws))) {
      List<String> verdicts = Batches.verdicts(destination.send(Batches.of(List.of("a", "b"))));

      assertThat(verdicts)
          .containsExactlyElementsOf(
              aws.kinesis().stored().stream()
                  .map(Stored::attributes)
                  .map(attributes -> "accepted " + attributes.get("SequenceNumber"))
                  .toList());
    }
  }

  @Test
  void recordsWithoutAKeyAreSpreadOverTheShards() throws Exception {
    aws.kinesis().createStream("orders", 4, 1024);
    try (var destination = EveryService.KINESIS.open(Fakes.connection(aws))) {
      destination.send(Batches.of(IntStream.range(0, 100).mapToObj(i -> "r" + i).toList()));

      assertThat(aws.kinesis().stored())
          .extracting(stored -> stored.attributes().get("ShardId"))
          .containsOnly(
              "shardId-000000000000",
              "shardId-000000000001",
              "shardId-000000000002",
              "shardId-000000000003");
    }
  }

  @Test
  void recordOfFirehoseThatHasNoRoomIsDeferredAndOneThatFailedInsideIsInDoubt() throws Exception {
    aws.firehose()
        .faults()
        .next(
            AwsFault.itemsFailed(Selection.at(1), "ServiceUnavailableException"),
            AwsFault.itemsFailed(Selection.at(0), "InternalFailure", Effect.APPLIED));
    try (var destination = EveryService.FIREHOSE.open(Fakes.connection(aws))) {
      assertThat(Batches.verdicts(destination.send(Batches.of(List.of("a", "b")))))
          .last()
          .isEqualTo("deferred");
      assertThat(Batches.verdicts(destination.send(Batches.of(List.of("c", "d")))))
          .first()
          .isEqualTo("in doubt");
    }
  }

  @Test
  void messageThatATopicMentionsNowhereIsInDoubt() throws Exception {
    aws.sns().faults().next(AwsFault.itemsMissing(Selection.at(0), Effect.APPLIED));
    try (var destination = EveryService.SNS.open(Fakes.connection(aws))) {
      assertThat(Batches.verdicts(destination.send(Batches.of(List.of("a", "b")))))
          .first()
          .isEqualTo("in doubt");
    }
  }

  @Test
  void fifoTopicStoresARepeatedBatchOnce() throws Exception {
    aws.sns().createTopic("orders.fifo");
    try (var destination =
        SnsDestination.<String>builder()
            .connection(Fakes.connection(aws))
            .topic(FakeSns.topicArn("orders.fifo"))
            .message(text -> text)
            .groupId(text -> "all")
            .open()) {
      aws.sns().faults().next(AwsFault.cut(Effect.APPLIED));

      assertThat(destination.send(Batches.of(List.of("a", "b")))).isInstanceOf(Reply.InDoubt.class);
      // In other company, as after a split.
      destination.send(Batches.numbered(2, List.of("a", "b")));

      assertThat(aws.sns().timesStored()).containsOnly(Map.entry("a", 1), Map.entry("b", 1));
    }
  }

  @Test
  void eventThatIsNoJsonIsRejectedAloneAndOneThatIsThrottledIsDeferred() throws Exception {
    aws.eventBridge().faults().next(AwsFault.itemsFailed(Selection.at(2), "ThrottlingException"));
    try (var destination = EveryService.EVENTBRIDGE.open(Fakes.connection(aws))) {
      List<String> verdicts =
          Batches.verdicts(destination.send(Batches.of(List.of("a", "\"", "c"))));

      assertThat(verdicts.get(0)).startsWith("accepted ");
      assertThat(verdicts.subList(1, 3)).containsExactly("rejected", "deferred");
    }
  }

  @Test
  void busThatTakesLessThanWeThinkTeachesUs() throws Exception {
    aws.eventBridge().maxRequestBytes(64 << 10);
    String detail = "x".repeat(20_000);
    try (var dispatcher =
        Dispatcher.to(EveryService.EVENTBRIDGE.open(Fakes.connection(aws))).open()) {
      for (int i = 0; i < 20; i++) {
        dispatcher.submit(detail + i);
      }

      assertThat(dispatcher.flush()).isEmpty();
      assertThat(aws.eventBridge().storedCount()).isEqualTo(20);
    }
  }

  // ---- DynamoDB

  @Test
  void secondWriteOfAKeyWaitsForALaterCall() throws Exception {
    try (var destination =
        DynamoDbDestination.<String>builder()
            .connection(Fakes.connection(aws))
            .table("orders")
            .write(
                text ->
                    text.startsWith("-")
                        ? new DynamoDbWrite.Delete(
                            Map.of("id", AttributeValue.fromS(text.substring(1))))
                        : new DynamoDbWrite.Put(
                            Map.of(
                                "id",
                                AttributeValue.fromS(text.substring(0, 1)),
                                "text",
                                AttributeValue.fromS(text))))
            .open()) {
      Reply reply = destination.send(Batches.of(List.of("a1", "b1", "a2", "-b")));

      assertThat(Batches.verdicts(reply))
          .containsExactly("accepted", "accepted", "deferred", "deferred");
      assertThat(Batches.reason(reply, 2)).contains("another write of the same key");
    }
  }

  @Test
  void deletesTakeItemsAwayAgain() throws Exception {
    try (var dispatcher =
        Dispatcher.to(
                DynamoDbDestination.<DynamoDbWrite>builder()
                    .connection(Fakes.connection(aws))
                    .table("orders")
                    .write(write -> write)
                    .open())
            .open()) {
      var key = Map.of("id", AttributeValue.fromS("a"));
      dispatcher.submit(new DynamoDbWrite.Put(key));
      dispatcher.submit(new DynamoDbWrite.Delete(key));
      dispatcher.submit(new DynamoDbWrite.Put(Map.of("id", AttributeValue.fromS("b"))));

      assertThat(dispatcher.flush()).isEmpty();
      assertThat(aws.dynamoDb().items("orders")).singleElement().asString().contains("\"b\"");
    }
  }

  // ---- Logs

  private LogsDestination<Instant> logs() {
    return LogsDestination.<Instant>builder()
        .connection(Fakes.connection(aws))
        .group("orders")
        .stream("all")
        .message(Instant::toString)
        .time(time -> time)
        .open();
  }

  @Test
  void eventsGoInOrderOfTheirTime() throws Exception {
    var times = List.of(NOW, NOW.minusSeconds(60), NOW.minusSeconds(30));
    try (var destination = logs()) {
      assertThat(Batches.verdicts(destination.send(Batches.of(times))))
          .containsOnly("accepted")
          .hasSize(3);

      assertThat(aws.logs().texts())
          .containsExactly(
              NOW.minusSeconds(60).toString(), NOW.minusSeconds(30).toString(), NOW.toString());
    }
  }

  @Test
  void eventsMoreThanADayApartGoInSeveralCalls() throws Exception {
    var times =
        IntStream.range(0, 100).mapToObj(hour -> NOW.minus(Duration.ofHours(hour))).toList();
    try (var dispatcher = Dispatcher.to(logs()).open()) {
      times.forEach(dispatcher::submit);

      assertThat(dispatcher.flush()).isEmpty();
      assertThat(aws.logs().timesStored().values()).hasSize(100).containsOnly(1);
      assertThat(aws.logs().callCount()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void rangesThatLogsRejectsAreFoundAmongTheItems() throws Exception {
    var times =
        List.of(
            NOW,
            NOW.minus(Duration.ofHours(30)),
            NOW.plus(Duration.ofHours(5)),
            NOW.minusSeconds(1));
    try (var destination = logs()) {
      // The oldest and all within a day of it; the others wait.
      assertThat(Batches.verdicts(destination.send(Batches.of(times))))
          .containsExactly("deferred", "accepted", "deferred", "deferred");

      Reply reply = destination.send(Batches.of(List.of(times.get(2), times.get(0), times.get(3))));
      assertThat(Batches.verdicts(reply)).containsExactly("rejected", "accepted", "accepted");
      assertThat(Batches.reason(reply, 0)).contains("in the future");

      var old =
          List.of(
              NOW.minus(Duration.ofDays(14)).plusSeconds(60),
              NOW.minus(Duration.ofDays(14)).minusSeconds(60));
      assertThat(Batches.verdicts(destination.send(Batches.of(old))))
          .containsExactly("accepted", "rejected");
    }
  }

  // ---- Lambda

  private LambdaDestination.Builder<String> function(
      java.util.function.UnaryOperator<String> code) {
    aws.lambda().createFunction("orders", code);
    return LambdaDestination.<String>builder()
        .connection(Fakes.connection(aws))
        .function("orders")
        .json(text -> ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void functionIsGivenTheBatchAsAnArray() throws Exception {
    try (var destination = function(batch -> "{}").open()) {
      assertThat(Batches.verdicts(destination.send(Batches.of(List.of("a", "b")))))
          .containsExactly("accepted", "accepted");
      assertThat(aws.lambda().texts()).containsExactly("[\"a\",\"b\"]");
    }
  }

  @Test
  void itemsThatTheFunctionNamesAreSentAgainOrRejected() throws Exception {
    String answer =
        """
        {"batchItemFailures": [{"itemIdentifier": "1"},
                               {"itemIdentifier": "2", "message": "no such customer", "permanent": true}]}
        """;
    try (var destination = function(batch -> answer).open()) {
      Reply reply = destination.send(Batches.of(List.of("a", "b", "c")));

      assertThat(Batches.verdicts(reply)).containsExactly("accepted", "deferred", "rejected");
      assertThat(Batches.reason(reply, 2)).contains("no such customer");
    }
  }

  @Test
  void itemsMayBeNamedByAnIdOfTheirOwn() throws Exception {
    String answer = "{\"batchItemFailures\": [{\"itemIdentifier\": \"b\"}]}";
    try (var destination = function(batch -> answer).itemId(text -> text).open()) {
      assertThat(Batches.verdicts(destination.send(Batches.of(List.of("a", "b", "c")))))
          .containsExactly("accepted", "deferred", "accepted");
    }
  }

  @Test
  void functionThatNamesWhatItWasNotGivenLeavesDoubt() throws Exception {
    String answer = "{\"batchItemFailures\": [{\"itemIdentifier\": \"17\"}]}";
    try (var destination = function(batch -> answer).open()) {
      assertThat(destination.send(Batches.of(List.of("a")))).isInstanceOf(Reply.InDoubt.class);
    }
  }

  @Test
  void functionThatThrowsLeavesDoubtUnlessItIsSaidToDoAllOrNothing() throws Exception {
    java.util.function.UnaryOperator<String> throwing =
        batch -> {
          throw new IllegalStateException("bad order");
        };
    var batch = Batches.of(List.of("a"));
    try (var doubtful = function(throwing).open();
        var refusing = function(throwing).functionErrors(FunctionErrors.REFUSED).open();
        var passing = function(throwing).functionErrors(FunctionErrors.RETRY).open()) {
      assertThat(doubtful.send(batch)).isInstanceOf(Reply.InDoubt.class);
      assertThat(refusing.send(batch))
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> assertThat(refused.reason().message()).contains("bad order"));
      assertThat(passing.send(batch)).isInstanceOf(Reply.Unavailable.class);
    }
  }

  @Test
  void functionThatThrowsForOneOrderIsSplitUntilItIsFound() throws Exception {
    try (var dispatcher =
        Dispatcher.to(
                function(
                        batch -> {
                          if (batch.contains("\"order-13\"")) {
                            throw new IllegalArgumentException("order 13 is bad luck");
                          }
                          return "{}";
                        })
                    .functionErrors(FunctionErrors.REFUSED)
                    .open())
            .open()) {
      IntStream.rangeClosed(1, 50).forEach(i -> dispatcher.submit("order-" + i));

      assertThat(dispatcher.flush())
          .singleElement()
          .satisfies(
              (Undelivered<String> one) -> {
                assertThat(one.payload()).isEqualTo("order-13");
                assertThat(one.disposition()).isEqualTo(Disposition.REJECTED);
              });
    }
  }

  @Test
  void asynchronousFunctionHasWhatItWasHanded() throws Exception {
    try (var destination = function(batch -> "{}").asynchronous().open()) {
      assertThat(destination.traits().maxItemBytes()).isEqualTo((1L << 20) - 1);
      assertThat(Batches.verdicts(destination.send(Batches.of(List.of("a")))))
          .containsExactly("accepted");
    }
  }

  // ---- what a user's own functions do

  @Test
  void itemThatCanNotBeMadeIntoARequestCostsTheOthersNothing() throws Exception {
    try (var destination =
        FirehoseDestination.<String>builder().connection(Fakes.connection(aws)).stream("orders")
            .data(
                text -> {
                  if (text.equals("b")) {
                    throw new IllegalArgumentException("cannot write b");
                  }
                  return text.getBytes(StandardCharsets.UTF_8);
                })
            .open()) {
      Reply reply = destination.send(Batches.of(List.of("a", "b", "c")));

      assertThat(Batches.reason(reply, 1)).contains("cannot write b");
      assertThat(aws.firehose().texts()).containsExactly("a", "c");
      assertThat(destination.bytesOf(Item.of(1, "b"))).isZero();
    }
  }
}
