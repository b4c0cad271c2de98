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
    return open(connection, "orders");
  }

  /// @param name of what it writes to; a FIFO queue's without its end
  Destination<String> open(AwsConnection connection, String name) {
    return switch (this) {
      case KINESIS ->
          KinesisDestination.<String>builder().connection(connection).stream(name)
              .data(text -> text.getBytes(UTF_8))
              .open();
      case FIREHOSE ->
          FirehoseDestination.<String>builder().connection(connection).stream(name)
              .data(text -> text.getBytes(UTF_8))
              .open();
      case SQS ->
          SqsDestination.<String>builder()
              .connection(connection)
              .queue(connection.endpoint() + "/000000000000/" + name)
              .body(text -> text)
              .open();
      case SQS_FIFO ->
          SqsDestination.<String>builder()
              .connection(connection)
              .queue(connection.endpoint() + "/000000000000/" + name + ".fifo")
              .body(text -> text)
              .groupId(text -> "all")
              .open();
      case SNS ->
          SnsDestination.<String>builder()
              .connection(connection)
              .topic(FakeSns.topicArn(name))
              .message(text -> text)
              .open();
      case DYNAMODB ->
          DynamoDbDestination.<String>builder()
              .connection(connection)
              .table(name)
              .key("id")
              .item(text -> Map.of("id", AttributeValue.fromS(text)))
              .open();
      case CLOUDWATCH ->
          CloudWatchDestination.<String>builder()
              .connection(connection)
              .namespace(name)
              .metric(text -> MetricDatum.builder().metricName(text).value(1.0).build())
              .open();
      case LOGS ->
          LogsDestination.<String>builder().connection(connection).group(name).stream("all")
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
              .function(name)
              .json(text -> ("\"" + text + "\"").getBytes(UTF_8))
              .open();
    };
  }
}
