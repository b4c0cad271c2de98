package dev.waybill.testkit.aws;

import dev.waybill.testkit.aws.BatchShape.ById;
import dev.waybill.testkit.aws.BatchShape.Positional;
import dev.waybill.testkit.aws.BatchShape.Single;
import dev.waybill.testkit.aws.BatchShape.WriteRequests;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations of a service that write, and their shapes.
record BatchShapes(Service service, Map<String, BatchShape> byOperation) {

  static BatchShapes of(Service service) {
    return new BatchShapes(
        service,
        switch (service) {
          case KINESIS ->
              Map.of(
                  "PutRecords", new Positional("Records", "Data", "Records", "FailedRecordCount"),
                  "PutRecord", new Single("Data"));
          case FIREHOSE ->
              Map.of(
                  "PutRecordBatch",
                      new Positional("Records", "Data", "RequestResponses", "FailedPutCount"),
                  "PutRecord", new Single("Record"));
          case SQS ->
              Map.of(
                  "SendMessageBatch", new ById("Entries", "MessageBody"),
                  "SendMessage", new Single("MessageBody"));
          case SNS ->
              Map.of(
                  "PublishBatch", new ById("PublishBatchRequestEntries", "Message"),
                  "Publish", new Single("Message"));
          case DYNAMODB ->
              Map.of(
                  "BatchWriteItem", new WriteRequests(),
                  "PutItem", new Single("Item"),
                  "DeleteItem", new Single("Key"));
          case CLOUDWATCH -> Map.of("PutMetricData", new Single("MetricData"));
          case LOGS -> Map.of("PutLogEvents", new Single("logEvents"));
          case EVENTBRIDGE ->
              Map.of(
                  "PutEvents", new Positional("Entries", "Detail", "Entries", "FailedEntryCount"));
          case LAMBDA -> Map.of("Invoke", new Single("Payload"));
        });
  }

  @Nullable BatchShape of(String operation) {
    return byOperation.get(operation);
  }

  /// Refuses a fault that this service can not show.
  void require(AwsFault fault) {
    String problem =
        switch (fault) {
          case AwsFault.None none -> null;
          case AwsFault.Refused refused -> null;
          case AwsFault.Denied denied -> null;
          case AwsFault.Failed failed -> null;
          case AwsFault.Cut cut -> null;
          case AwsFault.Slow slow -> {
            require(slow.then());
            yield null;
          }
          case AwsFault.ItemsFailed items ->
              answersItems() ? null : "answers for all items of a call at once";
          case AwsFault.ItemsMissing items ->
              !answersItems()
                  ? "answers for all items of a call at once"
                  : service == Service.DYNAMODB ? "names only what it has not processed" : null;
          case AwsFault.WrongChecksum items ->
              service == Service.SQS ? null : "answers no checksum";
        };
    if (problem != null) {
      throw new IllegalArgumentException(
          service + " " + problem + ": choose another fault than " + fault);
    }
  }

  private boolean answersItems() {
    return byOperation.values().stream().anyMatch(shape -> !(shape instanceof Single));
  }
}
