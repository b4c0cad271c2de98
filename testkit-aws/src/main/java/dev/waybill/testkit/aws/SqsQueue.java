package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One queue: messages in order, who has been received, and what a FIFO queue has seen lately.
final class SqsQueue {

  /// How long a FIFO queue knows a deduplication id, also of a message that is deleted (API
  /// reference of SendMessage, MessageDeduplicationId).
  static final Duration DEDUPLICATION = Duration.ofMinutes(5);

  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  /// Why an entry is refused by itself.
  record Fault(String code, String message) {}

  /// What a message got.
  record Sent(String messageId, @Nullable String sequenceNumber, boolean isNew) {}

  private record Seen(Sent sent, Instant at) {}

  private static final class Message {
    private final String id;
    private final Struct told;
    private final String group;
    private Instant visible;

    private Message(String id, Struct told, String group, Instant visible) {
      this.id = id;
      this.told = told;
      this.group = group;
      this.visible = visible;
    }
  }

  private final String name;
  private final Map<String, String> attributes;
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Seen> seen = new HashMap<>();
  private long sent;

  SqsQueue(String name, Map<String, String> attributes) {
    this.name = name;
    this.attributes = new HashMap<>(attributes);
    this.attributes.putIfAbsent("MaximumMessageSize", "1048576");
    if (isFifo()) {
      this.attributes.put("FifoQueue", "true");
      this.attributes.putIfAbsent("ContentBasedDeduplication", "false");
    }
  }

  String name() {
    return name;
  }

  private boolean isFifo() {
    return name.endsWith(".fifo");
  }

  private boolean deduplicatesByContent() {
    return "true".equals(attributes.get("ContentBasedDeduplication"));
  }

  Struct attributes(List<?> wanted) {
    var told = Struct.of("QueueArn", "arn:aws:sqs:us-east-1:" + FakeService.ACCOUNT + ":" + name);
    told.with("ApproximateNumberOfMessages", String.valueOf(messages.size()));
    attributes.forEach(told::with);
    if (!wanted.contains("All")) {
      told.members().keySet().removeIf(attribute -> !wanted.contains(attribute));
    }
    return told;
  }

  /// Why this message is not taken; null if it is.
  @Nullable Fault fault(Struct entry) {
    String body = entry.text("MessageBody", "");
    if (body.isEmpty()) {
      return new Fault("MissingParameter", "The request must contain the parameter MessageBody.");
    }
    if (!body.codePoints().allMatch(SqsQueue::isAllowed)) {
      return new Fault("InvalidMessageContents", "Invalid characters found in the message.");
    }
    long most = Long.parseLong(attributes.getOrDefault("MaximumMessageSize", "1048576"));
    if (MessageBytes.of(entry) > most) {
      return invalid("Message must be shorter than " + most + " bytes.");
    }
    long delay = entry.number("DelaySeconds", 0);
    if (delay < 0 || delay > 900) {
      return invalid("DelaySeconds must be >= 0 and <= 900.");
    }
    return isFifo() ? fifoFault(entry) : null;
  }

  private @Nullable Fault fifoFault(Struct entry) {
    if (entry.number("DelaySeconds", 0) > 0) {
      return invalid("The request include parameter that is not valid for this queue type.");
    }
    if (entry.text("MessageGroupId", "").isEmpty()) {
      return new Fault(
          "MissingParameter", "The request must contain the parameter MessageGroupId.");
    }
    return entry.text("MessageDeduplicationId", "").isEmpty() && !deduplicatesByContent()
        ? invalid(
            "The queue should either have ContentBasedDeduplication enabled or"
                + " MessageDeduplicationId provided explicitly.")
        : null;
  }

  private static Fault invalid(String reason) {
    return new Fault("InvalidParameterValue", reason);
  }

  /// The characters of XML 1.0, as the API reference of SendMessage lists them.
  private static boolean isAllowed(int character) {
    return character == 0x9
        || character == 0xA
        || character == 0xD
        || (character >= 0x20 && character <= 0xD7FF)
        || (character >= 0xE000 && character <= 0xFFFD)
        || character >= 0x10000;
  }

  /// Takes a message, or recognizes it.
  Sent send(Struct entry, Instant now, boolean keep) {
    String body = entry.text("MessageBody", "");
    sent++;
    String id = "00000000-0000-0000-0000-%012d".formatted(sent);
    if (!isFifo()) {
      if (keep) {
        add(id, entry, body, "", now.plusSeconds(entry.number("DelaySeconds", 0)), null);
      }
      return new Sent(id, null, true);
    }
    String token =
        entry.text("MessageDeduplicationId", Md5.hex(body.getBytes(StandardCharsets.UTF_8)));
    Seen before = seen.get(token);
    if (before != null && now.isBefore(before.at().plus(DEDUPLICATION))) {
      Sent first = before.sent();
      return new Sent(first.messageId(), first.sequenceNumber(), false);
    }
    var first = new Sent(id, "%020d".formatted(sent), true);
    if (keep) {
      seen.put(token, new Seen(first, now));
      add(id, entry, body, entry.text("MessageGroupId", ""), now, first.sequenceNumber());
    }
    return first;
  }

  private void add(
      String id,
      Struct entry,
      String body,
      String group,
      Instant visible,
      @Nullable String sequenceNumber) {
    Struct told =
        Struct.of("MessageId", id)
            .with("ReceiptHandle", id)
            .with("MD5OfBody", Md5.hex(body.getBytes(StandardCharsets.UTF_8)))
            .with("Body", body)
            .with("MessageAttributes", entry.get("MessageAttributes"))
            .with("MD5OfMessageAttributes", MessageBytes.md5(entry.struct("MessageAttributes")))
            .with(
                "Attributes",
                Struct.of("MessageGroupId", entry.text("MessageGroupId"))
                    .with("MessageDeduplicationId", entry.text("MessageDeduplicationId"))
                    .with("SequenceNumber", sequenceNumber));
    messages.add(new Message(id, told, group, visible));
  }

  /// Those that may be seen now. Of a group that has a message out, none.
  List<Struct> receive(int most, Instant now) {
    Set<String> busy = new HashSet<>();
    var batch = new ArrayList<Struct>();
    for (Message message : messages) {
      if (message.visible.isAfter(now)) {
        busy.add(message.group);
      } else if (batch.size() < most && (!isFifo() || !busy.contains(message.group))) {
        message.visible = now.plus(VISIBILITY);
        batch.add(message.told);
      }
    }
    return batch;
  }

  void delete(String receiptHandle) {
    messages.removeIf(message -> message.id.equals(receiptHandle));
  }
}
