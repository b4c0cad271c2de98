package dev.waybill.aws.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.aws.CloudWatchDestination;
import dev.waybill.aws.DynamoDbDestination;
import dev.waybill.aws.EventBridgeDestination;
import dev.waybill.aws.FirehoseDestination;
import dev.waybill.aws.KinesisDestination;
import dev.waybill.aws.LambdaDestination;
import dev.waybill.aws.LogsDestination;
import dev.waybill.aws.S3Destination;
import dev.waybill.aws.SnsDestination;
import dev.waybill.aws.SqsDestination;
import dev.waybill.delivery.Policy;
import dev.waybill.run.Dispatcher;
import dev.waybill.run.Undelivered;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One example for each service.
final class Examples {

  private Examples() {}

  static List<Undelivered<Order>> kinesis(List<Order> orders) throws InterruptedException {
    var stream =
        KinesisDestination.<Order>builder().stream("orders")
            .partitionKey(Order::customer)
            .data(Order::jsonBytes)
            .open();
    try (var dispatcher = Dispatcher.to(stream).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }

  static List<Undelivered<Order>> firehose(List<Order> orders) throws InterruptedException {
    var stream =
        FirehoseDestination.<Order>builder().stream("orders")
            .data(order -> (order.json() + "\n").getBytes(UTF_8))
            .open();
    try (var dispatcher = Dispatcher.to(stream).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }

  static List<Undelivered<Order>> s3(List<Order> orders) throws InterruptedException {
    var bucket =
        S3Destination.<Order>builder()
            .bucket("my-bucket")
            .folder("orders/")
            .line(order -> (order.json() + "\n").getBytes(UTF_8))
            .compression(S3Destination.Compression.GZIP)
            .open();
    try (var dispatcher = Dispatcher.to(bucket).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }

  static List<Undelivered<Order>> sqs(List<Order> orders) throws InterruptedException {
    var queue = SqsDestination.<Order>builder().queue("orders").body(Order::json).open();
    try (var dispatcher = Dispatcher.to(queue).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }

  static List<Undelivered<Order>> sqsFifo(List<Order> orders) throws InterruptedException {
    var queue =
        SqsDestination.<Order>builder()
            .queue("orders.fifo")
            .body(Order::json)
            .groupId(Order::customer)
            .open();
    try (var dispatcher =
        Dispatcher.to(queue).policy(policy -> policy.order(Policy.Order.PER_KEY)).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }

  static List<Undelivered<Order>> sns(List<Order> orders) throws InterruptedException {
    var topic =
        SnsDestination.<Order>builder()
            .topic("arn:aws:sns:us-east-1:000000000000:orders")
            .message(Order::json)
            .open();
    try (var dispatcher = Dispatcher.to(topic).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }

  static List<Undelivered<Order>> dynamoDb(List<Order> orders) throws InterruptedException {
    var table =
        DynamoDbDestination.<Order>builder()
            .table("orders")
            .item(
                order ->
                    Map.of(
                        "id", AttributeValue.fromS(order.id()),
                        "amount", AttributeValue.fromN(Double.toString(order.amount()))))
            .open();
    try (var dispatcher = Dispatcher.to(table).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }

  static List<Undelivered<Order>> cloudWatch(List<Order> orders) throws InterruptedException {
    var metrics =
        CloudWatchDestination.<Order>builder()
            .namespace("Shop")
            .metric(
                order ->
                    MetricDatum.builder()
                        .metricName("OrderValue")
                        .value(order.amount())
                        .unit(StandardUnit.NONE)
                        .build())
            .open();
    try (var dispatcher = Dispatcher.to(metrics).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }

  static List<Undelivered<Order>> logs(List<Order> orders) throws InterruptedException {
    var log =
        LogsDestination.<Order>builder().group("orders").stream("all").message(Order::json).open();
    try (var dispatcher = Dispatcher.to(log).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }

  static List<Undelivered<Order>> eventBridge(List<Order> orders) throws InterruptedException {
    var bus =
        EventBridgeDestination.<Order>builder()
            .bus("default")
            .source("shop")
            .detailType("OrderPlaced")
            .detail(Order::json)
            .open();
    try (var dispatcher = Dispatcher.to(bus).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }

  static List<Undelivered<Order>> lambda(List<Order> orders) throws InterruptedException {
    var function =
        LambdaDestination.<Order>builder().function("orders").json(Order::jsonBytes).open();
    try (var dispatcher = Dispatcher.to(function).open()) {
      orders.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }
}
