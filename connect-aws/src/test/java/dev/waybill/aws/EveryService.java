package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.spi.Destination;
import dev.waybill.testkit.aws.FakeSns;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Every destination in its simplest form, for what is to hold of all of them.
enum EveryService {
  KINESIS,
  FIREHOSE,
  SQS,
  SQS_FIFO,
  SNS,
  DYNAMODB,
  CLOUDWATCH,
  LOGS,
  EVENTBRIDGE,
  LAMBDA;

  Destination<String> open(AwsConnection connection) {
    return switch (this) {
      case KINESIS ->
          KinesisDestination.<String>builder().connection(connection).stream("orders")
              .data(text -> text.getBytes(UTF_8))
              .open();
      case FIREHOSE ->
          FirehoseDestination.<String>builder().connection(connection).stream("orders")
              .data(text -> text.getBytes(UTF_8))
              .open();
      case SQS ->
          SqsDestination.<String>builder()
              .connection(connection)
              .queue(connection.endpoint() + "/000000000000/orders")
              .body(text -> text)
              .open();
      case SQS_FIFO ->
          SqsDestination.<String>builder()
              .connection(connection)
              .queue(connection.endpoint() + "/000000000000/orders.fifo")
              .body(text -> text)
              .groupId(text -> "all")
              .open();
      case SNS ->
          SnsDestination.<String>builder()
              .connection(connection)
              .topic(FakeSns.topicArn("orders"))
              .message(text -> text)
              .open();
      case DYNAMODB ->
          DynamoDbDestination.<String>builder()
              .connection(connection)
              .table("orders")
              .key("id")
              .item(text -> Map.of("id", AttributeValue.fromS(text)))
              .open();
      case CLOUDWATCH ->
          CloudWatchDestination.<String>builder()
              .connection(connection)
              .namespace("orders")
              .metric(text -> MetricDatum.builder().metricName(text).value(1.0).build())
              .open();
      case LOGS ->
          LogsDestination.<String>builder().connection(connection).group("orders").stream("all")
              .message(text -> text)
              .open();
      case EVENTBRIDGE ->
          EventBridgeDestination.<String>builder()
              .connection(connection)
              .bus("default")
              .source("shop")
              .detailType("order")
              .detail(text -> "{\"id\":\"" + text + "\"}")
              .open();
      case LAMBDA ->
          LambdaDestination.<String>builder()
              .connection(connection)
              .function("orders")
              .json(text -> ("\"" + text + "\"").getBytes(UTF_8))
              .open();
    };
  }
}
