package dev.waybill.aws;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.aws.ErrorTable.Meaning;
import dev.waybill.spi.SingleSender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// An SQS queue, standard or FIFO, by `SendMessageBatch`. The id of a delivered item is its message
/// id.
///
/// In a FIFO queue every message has a deduplication id from its first call on, so a batch in doubt
/// is repeated as long as the queue remembers it, and is told as unknown after that.
///
/// @param <T> an item's payload
public final class SqsDestination<T> extends AwsDestination<T, Message<MessageAttributeValue>>
    implements SingleSender<T> {

  /// 10 messages and 1 MiB in a call, 1 MiB in a message: the API reference of `SendMessageBatch`.
  /// Bytes are those of the body and of the attributes' names, types and values.
  public static final Limits LIMITS = new Limits(10, 1L << 20, 1L << 20);

  static final ErrorTable ERRORS =
      ErrorTable.common()
          .with(Meaning.THROTTLED, "RequestThrottled", "KmsThrottled")
          .with(Meaning.TOO_LARGE, "BatchRequestTooLong")
          .with(Meaning.REFUSED, "InvalidMessageContents")
          .with(
              Meaning.FATAL,
              "QueueDoesNotExist",
              "NonExistentQueue",
              "QueueDeletedRecently",
              "InvalidAddress",
              "InvalidSecurity",
              "KmsAccessDenied",
              "KmsDisabled",
              "KmsInvalidKeyUsage",
              "KmsInvalidState",
              "KmsNotFound",
              "KmsOptInRequired");

  private final SqsAsyncClient client;
  private final String url;
  private final boolean fifo;
  private final Function<T, Message<MessageAttributeValue>> maker;
  private final @Nullable Function<T, @Nullable String> groupId;

  private SqsDestination(Builder<T> builder, SqsAsyncClient client, String url, Limits limits) {
    super(client, Fifo.traits(limits, url, builder.whenInDoubt), ERRORS);
    this.client = client;
    this.url = url;
    this.fifo = Fifo.is(url);
    this.maker = builder.maker();
    this.groupId = builder.groupId;
  }

  /// Describes a queue to write to.
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  @Override
  @Nullable String orderKey(Item<T> item, Message<MessageAttributeValue> message) {
    return groupId == null ? item.key() : message.groupId();
  }

  @Override
  Message<MessageAttributeValue> entry(Item<T> item) {
    Message<MessageAttributeValue> message = maker.apply(item.payload());
    if (message.body().isEmpty()) {
      throw new UnfitItemException("the message is empty, and SQS takes one character at least");
    }
    String group = groupId == null && fifo ? item.key() : message.groupId();
    Fifo.check(group, message.deduplicationId(), url);
    return new Message<>(
        message.body(),
        null,
        group,
        message.deduplicationId(),
        message.delaySeconds(),
        message.attributes());
  }

  @Override
  long bytes(Message<MessageAttributeValue> message) {
    long bytes = Text.utf8Length(message.body());
    for (var attribute : message.attributes().entrySet()) {
      MessageAttributeValue value = attribute.getValue();
      bytes += Text.utf8Length(attribute.getKey()) + Text.utf8Length(value.dataType());
      bytes += value.stringValue() == null ? 0 : Text.utf8Length(value.stringValue());
      bytes += value.binaryValue() == null ? 0 : value.binaryValue().asByteArrayUnsafe().length;
    }
    return bytes;
  }

  @Override
  SdkPojo request(Entries<T, Message<MessageAttributeValue>> entries) {
    return sendMessageBatch(entries);
  }

  private SendMessageBatchRequest sendMessageBatch(
      Entries<T, Message<MessageAttributeValue>> entries) {
    var list = new ArrayList<SendMessageBatchRequestEntry>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Message<MessageAttributeValue> message = entries.list().get(i);
      list.add(
          SendMessageBatchRequestEntry.builder()
              // Our own position: a user's key may have characters that refuse the whole call.
              .id(Integer.toString(i))
              .messageBody(message.body())
              .messageGroupId(message.groupId())
              .messageDeduplicationId(deduplicationId(entries, i))
              .delaySeconds(message.delaySeconds())
              .messageAttributes(message.attributes().isEmpty() ? null : message.attributes())
              .build());
    }
    return SendMessageBatchRequest.builder().queueUrl(url).entries(list).build();
  }

  private @Nullable String deduplicationId(
      Entries<T, Message<MessageAttributeValue>> entries, int index) {
    return fifo
        ? Fifo.deduplicationId(
            entries.list().get(index).deduplicationId(), entries, entries.item(index))
        : null;
  }

  @Override
  CompletableFuture<Reply> call(Entries<T, Message<MessageAttributeValue>> entries) {
    return reply(
        () -> client.sendMessageBatch(sendMessageBatch(entries)), answer -> read(entries, answer));
  }

  private static <T> Reply read(
      Entries<T, Message<MessageAttributeValue>> entries, SendMessageBatchResponse answer) {
    var failures = new HashMap<String, BatchResultErrorEntry>();
    answer.failed().forEach(entry -> failures.put(entry.id(), entry));
    var sent = new HashMap<String, SendMessageBatchResultEntry>();
    answer.successful().forEach(entry -> sent.put(entry.id(), entry));
    return entries.answered(
        index -> {
          String id = Integer.toString(index);
          BatchResultErrorEntry failure = failures.get(id);
          if (failure != null) {
            return SenderFault.verdict(failure.senderFault(), failure.code(), failure.message());
          }
          SendMessageBatchResultEntry success = sent.get(id);
          return success == null
              ? null
              : accepted(
                  entries.list().get(index).body(),
                  success.md5OfMessageBody(),
                  success.messageId());
        });
  }

  /// The digest is compared here, entry by entry: the SDK would call the whole batch failed for one
  /// that differs, though it was stored.
  private static Verdict accepted(String body, @Nullable String digest, String messageId) {
    return digest == null || digest.equalsIgnoreCase(Digests.md5(body))
        ? new Verdict.Accepted(messageId)
        : new Verdict.InDoubt(
            Reason.of(
                "the queue stored message %s with a content of another digest (MD5 %s)"
                    .formatted(messageId, digest)));
  }

  @Override
  public Reply sendSingle(Batch<T> batch) throws InterruptedException {
    return single(
        batch,
        (entries, message) ->
            reply(
                () ->
                    client.sendMessage(
                        SendMessageRequest.builder()
                            .queueUrl(url)
                            .messageBody(message.body())
                            .messageGroupId(message.groupId())
                            .messageDeduplicationId(deduplicationId(entries, 0))
                            .delaySeconds(message.delaySeconds())
                            .messageAttributes(
                                message.attributes().isEmpty() ? null : message.attributes())
                            .build()),
                answer ->
                    entries.answered(
                        index ->
                            accepted(
                                message.body(), answer.md5OfMessageBody(), answer.messageId()))));
  }

  /// Collects what there is to say of a queue.
  ///
  /// @param <T> an item's payload
  public static final class Builder<T> extends DestinationBuilder<Builder<T>> {

    private @Nullable String queue;
    private @Nullable Function<T, String> body;
    private @Nullable Function<T, @Nullable String> groupId;
    private Function<T, @Nullable String> deduplicationId = payload -> null;
    private Function<T, @Nullable Integer> delaySeconds = payload -> null;
    private Function<T, Map<String, MessageAttributeValue>> attributes = payload -> Map.of();

    private Builder() {}

    @Override
    Builder<T> self() {
      return this;
    }

    /// The queue's name or URL; a name that ends in `.fifo` is one of a FIFO queue.
    public Builder<T> queue(String nameOrUrl) {
      this.queue = nameOrUrl;
      return this;
    }

    /// What makes an item's message body. Characters outside those of XML 1.0 are refused by SQS.
    public Builder<T> body(Function<T, String> maker) {
      this.body = maker;
      return this;
    }

    /// What makes an item's message group, 1 to 128 characters; in a FIFO queue the item's own key
    /// unless set. In a standard queue it only shares out the consumers' attention fairly.
    public Builder<T> groupId(Function<T, @Nullable String> maker) {
      this.groupId = maker;
      return this;
    }

    /// What makes an item's deduplication id in a FIFO queue, 1 to 128 characters. Unless set, or
    /// where it gives null, one that is never the same for two items.
    public Builder<T> deduplicationId(Function<T, @Nullable String> maker) {
      this.deduplicationId = maker;
      return this;
    }

    /// What says how long the queue is to hold an item back, 0 to 900 seconds; standard queues
    /// only.
    public Builder<T> delaySeconds(Function<T, @Nullable Integer> maker) {
      this.delaySeconds = maker;
      return this;
    }

    /// What makes an item's message attributes, ten at the most.
    public Builder<T> attributes(Function<T, Map<String, MessageAttributeValue>> maker) {
      this.attributes = maker;
      return this;
    }

    private Function<T, Message<MessageAttributeValue>> maker() {
      Function<T, String> bodies = required(body, "body");
      Function<T, @Nullable String> groups = groupId;
      Function<T, @Nullable String> ids = deduplicationId;
      Function<T, @Nullable Integer> delays = delaySeconds;
      Function<T, Map<String, MessageAttributeValue>> others = attributes;
      return payload ->
          new Message<>(
              bodies.apply(payload),
              null,
              groups == null ? null : groups.apply(payload),
              ids.apply(payload),
              delays.apply(payload),
              others.apply(payload));
    }

    /// Opens the queue: looks whether it is there, and how large its messages may be.
    ///
    /// @throws UserException if it is not there, or AWS can not be reached
    public SqsDestination<T> open() {
      String name = required(queue, "queue");
      SqsAsyncClient client =
          connection.client(SqsAsyncClient.builder().checksumValidationEnabled(false));
      try {
        var check =
            new OpenCheck(
                "SQS queue '" + name + "'", connection, "QueueDoesNotExist", "NonExistentQueue");
        String url = url(name, client, check);
        var answer =
            check.ask(
                () ->
                    client.getQueueAttributes(
                        request ->
                            request
                                .queueUrl(url)
                                .attributeNames(QueueAttributeName.MAXIMUM_MESSAGE_SIZE)));
        String largest =
            answer == null
                ? null
                : answer.attributes().get(QueueAttributeName.MAXIMUM_MESSAGE_SIZE);
        Limits told = largest == null ? LIMITS : LIMITS.maxItemBytes(Long.parseLong(largest));
        return new SqsDestination<>(this, client, url, limits(told));
      } catch (RuntimeException e) {
        AwsConnection.close(client);
        throw e;
      }
    }

    private static String url(String name, SqsAsyncClient client, OpenCheck check) {
      if (name.contains("://")) {
        return name;
      }
      var answer = check.ask(() -> client.getQueueUrl(request -> request.queueName(name)));
      if (answer == null || answer.queueUrl() == null) {
        throw new UserException(
            "the URL of the SQS queue '%s' can not be asked for: give the URL, or the permission sqs:GetQueueUrl"
                .formatted(name));
      }
      return answer.queueUrl();
    }
  }
}
