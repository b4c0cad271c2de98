package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// SQS, standard and FIFO queues. Limits: the API reference of SendMessageBatch, 2026: 10 entries,
/// 1 MiB in all with attributes. Knows neither dead letter queues nor policies.
public final class FakeSqs extends FakeService {

  private static final int MAX_ENTRIES = 10;
  private static final long MAX_BYTES = 1024 * 1024;
  private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private final Map<String, SqsQueue> queues = new LinkedHashMap<>();

  FakeSqs(Settings settings) {
    super(Service.SQS, settings);
  }

  /// Makes a queue; a FIFO one if its name ends in `.fifo`.
  public FakeSqs createQueue(String name) {
    return createQueue(name, Map.of());
  }

  /// Makes a queue with attributes as AWS names them: `ContentBasedDeduplication`,
  /// `MaximumMessageSize`.
  public FakeSqs createQueue(String name, Map<String, String> attributes) {
    return locked(
        () -> {
          queues.putIfAbsent(name, new SqsQueue(name, attributes));
          return this;
        });
  }

  @Override
  @Nullable Refusal refusal(AwsCall call) {
    if (call.operation().equals("CreateQueue")) {
      return null;
    }
    if (queues.get(queueName(call.body())) == null) {
      return Refusal.of(
          400,
          "QueueDoesNotExist",
          "AWS.SimpleQueueService.NonExistentQueue",
          "The specified queue does not exist.");
    }
    return call.operation().equals("SendMessageBatch")
        ? refusedEntries(call.body().structs("Entries"))
        : call.operation().equals("SendMessage") ? refusedMessage(call) : null;
  }

  private static @Nullable Refusal refusedEntries(List<Struct> entries) {
    if (entries.isEmpty()) {
      return batchError("EmptyBatchRequest", "There should be at least one entry in the request.");
    }
    if (entries.size() > MAX_ENTRIES) {
      return batchError(
          "TooManyEntriesInBatchRequest",
          "Maximum number of entries per request are 10. You have sent " + entries.size() + ".");
    }
    Set<String> ids = new HashSet<>();
    long bytes = 0;
    for (Struct entry : entries) {
      String id = entry.text("Id", "");
      if (!ENTRY_ID.matcher(id).matches()) {
        return batchError(
            "InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It"
                + " can be at most 80 letters long.");
      }
      if (!ids.add(id)) {
        return batchError("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
      }
      bytes += MessageBytes.of(entry);
    }
    return bytes > MAX_BYTES
        ? batchError(
            "BatchRequestTooLong",
            "Batch requests cannot be longer than %d bytes. You have sent %d bytes."
                .formatted(MAX_BYTES, bytes))
        : null;
  }

  private static Refusal batchError(String code, String message) {
    return Refusal.of(400, code, "AWS.SimpleQueueService." + code, message);
  }

  private @Nullable Refusal refusedMessage(AwsCall call) {
    SqsQueue.Fault fault = queue(call).fault(call.body());
    return fault == null ? null : Refusal.of(fault.code(), fault.message());
  }

  @Override
  AwsAnswer carryOut(AwsCall call) {
    Struct body = call.body();
    return switch (call.operation()) {
      case "CreateQueue" -> {
        String name = body.text("QueueName", "");
        var attributes = new LinkedHashMap<String, String>();
        Struct given = body.struct("Attributes");
        if (given != null) {
          given.members().forEach((key, value) -> attributes.put(key, value.toString()));
        }
        createQueue(name, attributes);
        yield AwsAnswer.done(Struct.of("QueueUrl", url(call, name)));
      }
      case "GetQueueUrl" ->
          AwsAnswer.done(Struct.of("QueueUrl", url(call, body.text("QueueName", ""))));
      case "GetQueueAttributes" ->
          AwsAnswer.done(
              Struct.of("Attributes", queue(call).attributes(body.list("AttributeNames"))));
      case "SendMessageBatch" -> AwsAnswer.done(sendBatch(call));
      case "SendMessage" -> AwsAnswer.done(send(call, 0, body).with("Id", null));
      case "ReceiveMessage" -> {
        int most = (int) body.number("MaxNumberOfMessages", 1);
        yield AwsAnswer.done(Struct.of("Messages", queue(call).receive(most, now())));
      }
      case "DeleteMessage" -> {
        queue(call).delete(body.text("ReceiptHandle", ""));
        yield AwsAnswer.done(Struct.empty());
      }
      case "DeleteMessageBatch" -> {
        var done = new ArrayList<Struct>();
        for (Struct entry : body.structs("Entries")) {
          queue(call).delete(entry.text("ReceiptHandle", ""));
          done.add(Struct.of("Id", entry.text("Id")));
        }
        yield AwsAnswer.done(Struct.of("Successful", done));
      }
      default -> unknown(call);
    };
  }

  private Struct sendBatch(AwsCall call) {
    var stored = new ArrayList<Struct>();
    var failed = new ArrayList<Struct>();
    List<Struct> entries = call.body().structs("Entries");
    for (int i = 0; i < entries.size(); i++) {
      SqsQueue.Fault fault = queue(call).fault(entries.get(i));
      if (fault == null) {
        stored.add(send(call, i, entries.get(i)));
      } else {
        failed.add(
            Struct.of("Id", entries.get(i).text("Id"))
                .with("SenderFault", true)
                .with("Code", fault.code())
                .with("Message", fault.message()));
      }
    }
    return Struct.empty()
        .with("Successful", stored.isEmpty() ? null : stored)
        .with("Failed", failed.isEmpty() ? null : failed);
  }

  private Struct send(AwsCall call, int position, Struct entry) {
    SqsQueue queue = queue(call);
    String text = entry.text("MessageBody", "");
    SqsQueue.Sent sent = queue.send(entry, now(), keepsItems());
    if (sent.isNew()) {
      var attributes = new LinkedHashMap<String, String>();
      attributes.put("MessageId", sent.messageId());
      for (String name : List.of("MessageGroupId", "MessageDeduplicationId", "DelaySeconds")) {
        if (entry.has(name)) {
          attributes.put(name, entry.text(name, ""));
        }
      }
      store(
          call,
          position,
          queue.name(),
          entry.text("MessageGroupId", ""),
          text.getBytes(StandardCharsets.UTF_8),
          attributes);
    }
    return Struct.of("Id", entry.text("Id"))
        .with("MessageId", sent.messageId())
        .with("MD5OfMessageBody", Md5.hex(text.getBytes(StandardCharsets.UTF_8)))
        .with("MD5OfMessageAttributes", MessageBytes.md5(entry.struct("MessageAttributes")))
        .with("SequenceNumber", sent.sequenceNumber());
  }

  private SqsQueue queue(AwsCall call) {
    SqsQueue queue = queues.get(queueName(call.body()));
    if (queue == null) {
      throw new IllegalStateException("the queue was there when the call was checked");
    }
    return queue;
  }

  private static String queueName(Struct body) {
    String url = body.text("QueueUrl", body.text("QueueName", ""));
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static String url(AwsCall call, String queue) {
    return "http://" + call.host() + "/" + ACCOUNT + "/" + queue;
  }
}
