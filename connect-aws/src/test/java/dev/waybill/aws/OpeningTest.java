package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Item;
import dev.waybill.UserException;
import dev.waybill.spi.Traits;
import dev.waybill.testkit.aws.FakeAws;
import dev.waybill.testkit.aws.FakeSns;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What a destination asks when it is opened, and what becomes of the answers.
class OpeningTest {

  private final FakeAws aws = FakeAws.start();
  private final ScriptedEndpoint writeOnly = new ScriptedEndpoint();

  @AfterEach
  void close() {
    aws.close();
    writeOnly.close();
  }

  @ParameterizedTest
  @CsvSource({
    "KINESIS,  there is no Kinesis stream 'orders'",
    "FIREHOSE, there is no Firehose stream 'orders'",
    "SQS,      there is no SQS queue",
    "SNS,      there is no SNS topic 'arn:aws:sns:us-east-1:000000000000:orders'",
    "DYNAMODB, there is no DynamoDB table 'orders'",
    "LOGS,     there is no log group 'orders'",
    "LAMBDA,   there is no Lambda function 'orders'",
  })
  void whatIsNotThereIsToldByNameAndPlace(EveryService service, String sentence) {
    assertThatThrownBy(() -> service.open(Fakes.connection(aws)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining(aws.endpoint().toString());
  }

  @Test
  void busThatIsNotThereIsToldByName() {
    assertThatThrownBy(
            () ->
                EventBridgeDestination.<String>builder()
                    .connection(Fakes.connection(aws))
                    .bus("orders")
                    .source("shop")
                    .detailType("order")
                    .detail(text -> text)
                    .open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no event bus 'orders'");
  }

  @Test
  void queueIsFoundByItsName() throws Exception {
    aws.sqs().createQueue("orders");

    try (var destination = queue("orders").open()) {
      assertThat(Batches.verdicts(destination.send(Batches.of(java.util.List.of("a")))))
          .singleElement()
          .asString()
          .startsWith("accepted ");
    }
  }

  @Test
  void nameOfAQueueThatIsNotThereIsTold() {
    assertThatThrownBy(() -> queue("orders").open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no SQS queue 'orders'");
  }

  @Test
  void queueWhoseUrlMayNotBeAskedForNeedsItsUrl() {
    assertThatThrownBy(() -> queue("orders").connection(writeOnly.connection()).open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("give the URL");
  }

  private SqsDestination.Builder<String> queue(String name) {
    return SqsDestination.<String>builder()
        .connection(Fakes.connection(aws))
        .queue(name)
        .body(text -> text);
  }

  @Test
  void logStreamThatIsNotInItsGroupIsToldByName() {
    aws.logs().createLogStream("orders", "all-of-it");

    assertThatThrownBy(() -> EveryService.LOGS.open(Fakes.connection(aws)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no log stream 'all'");
  }

  @ParameterizedTest
  @EnumSource(names = "CLOUDWATCH", mode = EnumSource.Mode.EXCLUDE)
  void credentialsThatAreNotAcceptedAreTold(EveryService service) {
    Fakes.prepare(aws);
    aws.refuseCredentials();

    assertThatThrownBy(() -> service.open(Fakes.connection(aws)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("AWS does not accept the credentials")
        .hasMessageContaining("The security token included in the request is invalid");
  }

  @ParameterizedTest
  @EnumSource
  void whoMayOnlyWriteGetsTheDocumentedLimits(EveryService service) {
    try (var destination = service.open(writeOnly.connection())) {
      Limits documented =
          switch (service) {
            case KINESIS -> KinesisDestination.LIMITS;
            case FIREHOSE -> FirehoseDestination.LIMITS;
            case SQS, SQS_FIFO -> SqsDestination.LIMITS;
            case SNS -> SnsDestination.LIMITS;
            case DYNAMODB -> DynamoDbDestination.LIMITS;
            case CLOUDWATCH -> CloudWatchDestination.LIMITS;
            case LOGS -> LogsDestination.LIMITS;
            case EVENTBRIDGE -> EventBridgeDestination.LIMITS;
            case LAMBDA -> LambdaDestination.LIMITS;
          };

      assertThat(destination.traits().maxItems()).isEqualTo(documented.maxItems());
      // What stands around the items of a call is taken off.
      assertThat(destination.traits().maxItemBytes())
          .isBetween(documented.maxItemBytes() - 100, documented.maxItemBytes());
    }
  }

  @Test
  void streamThatTakesLargerRecordsIsGivenThem() {
    aws.kinesis().createStream("orders", 1, 10_240);

    try (var destination = EveryService.KINESIS.open(Fakes.connection(aws))) {
      assertThat(destination.traits().maxItemBytes()).isEqualTo(10L << 20);
    }
  }

  @Test
  void queueThatTakesSmallerMessagesIsNotGivenLargerOnes() {
    aws.sqs().createQueue("orders", Map.of("MaximumMessageSize", "2048"));

    try (var destination = EveryService.SQS.open(Fakes.connection(aws))) {
      assertThat(destination.traits().maxItemBytes()).isEqualTo(2048);
      assertThat(destination.traits().maxBytes()).isEqualTo(1L << 20);
    }
  }

  @Test
  void limitsCanBeChanged() {
    try (var destination =
        FirehoseDestination.<byte[]>builder().connection(writeOnly.connection()).stream("orders")
            .data(bytes -> bytes)
            .limits(limits -> limits.maxItems(50).maxCallBytes(1_000))
            .open()) {
      assertThat(destination.traits().maxItems()).isEqualTo(50);
      assertThat(destination.traits().maxBytes()).isEqualTo(1_000);
      assertThat(destination.traits().maxItemBytes()).isEqualTo(1_000);
    }
  }

  @Test
  void tableIsAskedForItsKey() {
    aws.dynamoDb().createTable("orders", "customer", "number");

    try (var destination =
        DynamoDbDestination.<String>builder()
            .connection(Fakes.connection(aws))
            .table("orders")
            .item(
                number ->
                    Map.of(
                        "customer",
                        AttributeValue.fromS("a"),
                        "number",
                        AttributeValue.fromS(number),
                        "more",
                        AttributeValue.fromS("x")))
            .open()) {
      assertThat(destination.orderKey(Item.of(1, "17"))).isEqualTo("S1:aS2:17");
    }
  }

  @Test
  void tableThatMayNotBeDescribedNeedsItsKeyNamed() {
    assertThatThrownBy(
            () ->
                DynamoDbDestination.<String>builder()
                    .connection(writeOnly.connection())
                    .table("orders")
                    .item(text -> Map.of())
                    .open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("name its attributes");
  }

  @ParameterizedTest
  @EnumSource
  void onlyThoseThatKnowARepeatAreCalledIdempotent(EveryService service) {
    try (var destination = service.open(writeOnly.connection())) {
      Traits traits = destination.traits();
      switch (service) {
        case DYNAMODB -> {
          assertThat(traits.idempotence()).isEqualTo(Traits.Idempotence.IDEMPOTENT);
          assertThat(traits.repeatableFor()).isEqualTo(Traits.FOR_EVER);
          assertThat(traits.overtaking()).isEqualTo(Traits.Overtaking.HARMFUL);
        }
        case SQS_FIFO -> {
          assertThat(traits.idempotence()).isEqualTo(Traits.Idempotence.IDEMPOTENT);
          assertThat(traits.repeatableFor()).isLessThan(Duration.ofMinutes(5));
        }
        default -> assertThat(traits.idempotence()).isEqualTo(Traits.Idempotence.NOT_IDEMPOTENT);
      }
    }
  }

  @Test
  void topicThatIsFifoKnowsARepeatForAWhile() {
    aws.sns().createTopic("orders.fifo");

    try (var destination =
        SnsDestination.<String>builder()
            .connection(Fakes.connection(aws))
            .topic(FakeSns.topicArn("orders.fifo"))
            .message(text -> text)
            .open()) {
      assertThat(destination.traits().repeatableFor()).isLessThan(Duration.ofMinutes(5));
    }
  }

  @Test
  void whoAsksForRepeatsGetsThem() {
    try (var destination =
        CloudWatchDestination.<String>builder()
            .connection(writeOnly.connection())
            .namespace("orders")
            .metric(text -> MetricDatum.builder().build())
            .whenInDoubt(WhenInDoubt.REPEAT)
            .open()) {
      assertThat(destination.traits().idempotence()).isEqualTo(Traits.Idempotence.IDEMPOTENT);
    }
  }
}
