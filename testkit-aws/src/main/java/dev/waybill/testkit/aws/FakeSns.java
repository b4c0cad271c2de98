package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// SNS, standard and FIFO topics. Limits: the API reference of PublishBatch: 10 entries, 256 KiB in
/// all. Has no subscribers.
public final class FakeSns extends FakeService {

  private static final int MAX_ENTRIES = 10;
  private static final int MAX_BYTES = 256 * 1024;
  private static final Duration DEDUPLICATION = Duration.ofMinutes(5);
  private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private final Set<String> topics = new LinkedHashSet<>();
  private final Map<String, Instant> seen = new HashMap<>();
  private long published;

  FakeSns(Settings settings) {
    super(Service.SNS, settings);
  }

  /// Makes a topic; a FIFO one if its name ends in `.fifo`. Its ARN is [#topicArn].
  public FakeSns createTopic(String name) {
    return locked(
        () -> {
          topics.add(topicArn(name));
          return this;
        });
  }

  /// The ARN of the topic with this name.
  public static String topicArn(String name) {
    return "arn:aws:sns:us-east-1:" + ACCOUNT + ":" + name;
  }

  @Override
  @Nullable Refusal refusal(AwsCall call) {
    if (call.operation().equals("CreateTopic")) {
      return null;
    }
    if (!topics.contains(topic(call))) {
      return Refusal.of(404, "NotFound", "Topic does not exist");
    }
    return switch (call.operation()) {
      case "PublishBatch" -> refusedEntries(call.body().structs("PublishBatchRequestEntries"));
      case "Publish" -> {
        Fault fault = fault(topic(call), call.body());
        yield fault == null ? null : Refusal.of(fault.code(), fault.message());
      }
      default -> null;
    };
  }

  private static @Nullable Refusal refusedEntries(List<Struct> entries) {
    if (entries.isEmpty()) {
      return Refusal.of("EmptyBatchRequest", "The batch request doesn't contain any entries.");
    }
    if (entries.size() > MAX_ENTRIES) {
      return Refusal.of(
          "TooManyEntriesInBatchRequest", "The batch request contains more entries than allowed.");
    }
    Set<String> ids = new HashSet<>();
    long bytes = 0;
    for (Struct entry : entries) {
      String id = entry.text("Id", "");
      if (!ENTRY_ID.matcher(id).matches()) {
        return Refusal.of("InvalidBatchEntryId", "The Id of a batch entry is not valid: " + id);
      }
      if (!ids.add(id)) {
        return Refusal.of("BatchEntryIdsNotDistinct", "Two batch entries have the Id " + id);
      }
      bytes += MessageBytes.of(entry);
    }
    return bytes > MAX_BYTES
        ? Refusal.of(
            "BatchRequestTooLong",
            "The messages have %d bytes; at most %d are taken.".formatted(bytes, MAX_BYTES))
        : null;
  }

  private record Fault(String code, String message) {}

  private static @Nullable Fault fault(String topic, Struct entry) {
    if (entry.text("Message", "").isEmpty()) {
      return new Fault("InvalidParameter", "Invalid parameter: Empty message");
    }
    if (MessageBytes.of(entry) > MAX_BYTES) {
      return new Fault("InvalidParameter", "Invalid parameter: Message too long");
    }
    if (topic.endsWith(".fifo")) {
      for (String name : List.of("MessageGroupId", "MessageDeduplicationId")) {
        if (entry.text(name, "").isEmpty()) {
          return new Fault(
              "InvalidParameter", "Invalid parameter: The topic needs " + name + " with a message");
        }
      }
    }
    return null;
  }

  @Override
  AwsAnswer carryOut(AwsCall call) {
    return switch (call.operation()) {
      case "CreateTopic" -> {
        String name = call.body().text("Name", "");
        createTopic(name);
        yield AwsAnswer.done(Struct.of("TopicArn", topicArn(name)));
      }
      case "GetTopicAttributes" -> AwsAnswer.done(Struct.of("Attributes", Struct.empty()));
      case "PublishBatch" -> AwsAnswer.done(publishBatch(call));
      case "Publish" -> AwsAnswer.done(publish(call, 0, call.body()).with("Id", null));
      default -> unknown(call);
    };
  }

  private Struct publishBatch(AwsCall call) {
    var stored = new ArrayList<Struct>();
    var failed = new ArrayList<Struct>();
    List<Struct> entries = call.body().structs("PublishBatchRequestEntries");
    for (int i = 0; i < entries.size(); i++) {
      Fault fault = fault(topic(call), entries.get(i));
      if (fault == null) {
        stored.add(publish(call, i, entries.get(i)));
      } else {
        failed.add(
            Struct.of("Id", entries.get(i).text("Id"))
                .with("SenderFault", true)
                .with("Code", fault.code())
                .with("Message", fault.message()));
      }
    }
    return Struct.of("Failed", failed).with("Successful", stored);
  }

  private Struct publish(AwsCall call, int position, Struct entry) {
    String topic = topic(call);
    published++;
    if (!topic.endsWith(".fifo") || isNew(topic + entry.text("MessageDeduplicationId", ""))) {
      var attributes = new LinkedHashMap<String, String>();
      for (String name : List.of("Subject", "MessageGroupId", "MessageDeduplicationId")) {
        if (entry.has(name)) {
          attributes.put(name, entry.text(name, ""));
        }
      }
      store(
          call,
          position,
          topic,
          entry.text("MessageGroupId", ""),
          entry.text("Message", "").getBytes(StandardCharsets.UTF_8),
          attributes);
    }
    return Struct.of("Id", entry.text("Id"))
        .with("MessageId", "00000000-0000-0000-0000-%012d".formatted(published));
  }

  private boolean isNew(String token) {
    Instant before = seen.get(token);
    if (before != null && now().isBefore(before.plus(DEDUPLICATION))) {
      return false;
    }
    if (keepsItems()) {
      seen.put(token, now());
    }
    return true;
  }

  private static String topic(AwsCall call) {
    return call.body().text("TopicArn", call.body().text("TargetArn", ""));
  }
}
