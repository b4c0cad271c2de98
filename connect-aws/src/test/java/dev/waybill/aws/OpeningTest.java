package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.spi.Traits;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What a destination asks when it is opened, and what becomes of the answers.
class OpeningTest {

  private final ScriptedEndpoint endpoint = new ScriptedEndpoint();

  @AfterEach
  void close() {
    endpoint.close();
  }

  @ParameterizedTest
  @CsvSource({
    "KINESIS,     ResourceNotFoundException, there is no Kinesis stream 'orders'",
    "FIREHOSE,    ResourceNotFoundException, there is no Firehose stream 'orders'",
    "SQS,         QueueDoesNotExist,         there is no SQS queue",
    "DYNAMODB,    ResourceNotFoundException, there is no DynamoDB table 'orders'",
    "LOGS,        ResourceNotFoundException, there is no log group 'orders'",
    "EVENTBRIDGE, ResourceNotFoundException, there is no event bus 'default'",
  })
  void whatIsNotThereIsToldByName(EveryService service, String code, String sentence) {
    endpoint.telling(ScriptedEndpoint.error(400, code, "not found"));

    assertThatThrownBy(() -> service.open(endpoint.connection()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining(endpoint.uri().toString());
  }

  @Test
  void topicThatIsNotThereIsToldByName() {
    endpoint.telling(
        ScriptedEndpoint.xml(
            404, "<ErrorResponse><Error><Code>NotFound</Code></Error></ErrorResponse>"));

    assertThatThrownBy(() -> EveryService.SNS.open(endpoint.connection()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "there is no SNS topic 'arn:aws:sns:eu-central-1:000000000000:orders'");
  }

  @Test
  void functionThatIsNotThereIsToldByName() {
    endpoint.telling(
        new ScriptedEndpoint.Answer(
            404,
            Map.of("X-Amzn-Errortype", "ResourceNotFoundException"),
            "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> EveryService.LAMBDA.open(endpoint.connection()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no Lambda function 'orders'");
  }

  @Test
  void logStreamThatIsNotInItsGroupIsToldByName() {
    endpoint.telling(
        ScriptedEndpoint.json(200, "{\"logStreams\":[{\"logStreamName\":\"all-of-it\"}]}"));

    assertThatThrownBy(() -> EveryService.LOGS.open(endpoint.connection()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no log stream 'all'");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SNS", "CLOUDWATCH", "LAMBDA"},
      mode = EnumSource.Mode.EXCLUDE)
  void credentialsThatAreNotAcceptedAreTold(EveryService service) {
    endpoint.telling(
        ScriptedEndpoint.error(400, "UnrecognizedClientException", "the token is invalid"));

    assertThatThrownBy(() -> service.open(endpoint.connection()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("AWS does not accept the credentials")
        .hasMessageContaining("the token is invalid");
  }

  @ParameterizedTest
  @EnumSource
  void whoMayOnlyWriteGetsTheDocumentedLimits(EveryService service) {
    try (var destination = service.open(endpoint.connection())) {
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
      assertThat(destination.traits().maxItemBytes())
          .isBetween(documented.maxItemBytes() - 100, documented.maxItemBytes());
    }
  }

  @Test
  void streamThatTakesLargerRecordsIsGivenThem() {
    endpoint.telling(kinesis("{\"StreamDescriptionSummary\":{\"MaxRecordSizeInKiB\":10240}}"));

    try (var destination = EveryService.KINESIS.open(endpoint.connection())) {
      assertThat(destination.traits().maxItemBytes()).isEqualTo(10L << 20);
    }
  }

  /// The stream is described in JSON because the test runs with `aws.cborEnabled=false`.
  private static ScriptedEndpoint.Answer kinesis(String body) {
    return ScriptedEndpoint.json(200, body);
  }

  @Test
  void queueThatTakesSmallerMessagesIsNotGivenLargerOnes() {
    endpoint.telling(
        ScriptedEndpoint.json(200, "{\"Attributes\":{\"MaximumMessageSize\":\"2048\"}}"));

    try (var destination = EveryService.SQS.open(endpoint.connection())) {
      assertThat(destination.traits().maxItemBytes()).isEqualTo(2048);
      assertThat(destination.traits().maxBytes()).isEqualTo(1L << 20);
    }
  }

  @Test
  void limitsCanBeChanged() {
    try (var destination =
        FirehoseDestination.<String>builder().connection(endpoint.connection()).stream("orders")
            .data(String::getBytes)
            .limits(limits -> limits.maxItems(50).maxCallBytes(1_000))
            .open()) {
      assertThat(destination.traits().maxItems()).isEqualTo(50);
      assertThat(destination.traits().maxBytes()).isEqualTo(1_000);
      assertThat(destination.traits().maxItemBytes()).isEqualTo(1_000);
    }
  }

  @Test
  void tableIsAskedForItsKey() {
    endpoint.telling(
        ScriptedEndpoint.json(
            200,
            """
            {"Table":{"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},
                                   {"AttributeName":"sk","KeyType":"RANGE"}],
                      "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
                                              {"AttributeName":"sk","AttributeType":"N"}]}}
            """));

    try (var destination =
        DynamoDbDestination.<Integer>builder()
            .connection(endpoint.connection())
            .table("orders")
            .item(
                number ->
                    Map.of(
                        "pk", AttributeValue.fromS("a"), "sk", AttributeValue.fromN(number + ".0")))
            .open()) {
      assertThat(destination.orderKey(dev.waybill.Item.of(1, 5))).isEqualTo("S1:aN1:5");
    }
  }

  @Test
  void tableThatMayNotBeDescribedNeedsItsKeyNamed() {
    assertThatThrownBy(
            () ->
                DynamoDbDestination.<String>builder()
                    .connection(endpoint.connection())
                    .table("orders")
                    .item(text -> Map.of())
                    .open())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("name its attributes");
  }

  @Test
  void onlyThoseThatKnowARepeatAreCalledIdempotent() {
    for (EveryService service : EveryService.values()) {
      try (var destination = service.open(endpoint.connection())) {
        Traits traits = destination.traits();
        switch (service) {
          case DYNAMODB -> {
            assertThat(traits.idempotence()).isEqualTo(Traits.Idempotence.IDEMPOTENT);
            assertThat(traits.repeatableFor()).isEqualTo(Traits.FOR_EVER);
            assertThat(traits.overtaking()).isEqualTo(Traits.Overtaking.HARMFUL);
          }
          case SQS_FIFO -> {
            assertThat(traits.idempotence()).isEqualTo(Traits.Idempotence.IDEMPOTENT);
            assertThat(traits.repeatableFor()).isLessThan(java.time.Duration.ofMinutes(5));
          }
          default -> assertThat(traits.idempotence()).isEqualTo(Traits.Idempotence.NOT_IDEMPOTENT);
        }
      }
    }
  }

  @Test
  void whoAsksForRepeatsGetsThem() {
    try (var destination =
        CloudWatchDestination.<String>builder()
            .connection(endpoint.connection())
            .namespace("orders")
            .metric(
                text ->
                    software.amazon.awssdk.services.cloudwatch.model.MetricDatum.builder().build())
            .whenInDoubt(WhenInDoubt.REPEAT)
            .open()) {
      assertThat(destination.traits().idempotence()).isEqualTo(Traits.Idempotence.IDEMPOTENT);
    }
  }
}
