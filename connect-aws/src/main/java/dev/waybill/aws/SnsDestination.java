package dev.waybill.aws;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reply;
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
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/// An SNS topic, standard or FIFO, by `PublishBatch`. The id of a delivered item is its message id.
///
/// In a FIFO topic every message has a deduplication id from its first call on, so a batch in doubt
/// is repeated as long as the topic remembers it, and is told as unknown after that.
///
/// @param <T> an item's payload
public final class SnsDestination<T> extends AwsDestination<T, Message<MessageAttributeValue>>
    implements SingleSender<T> {

  /// 10 messages and 256 KiB in a call, 256 KiB in a message: the API references of `PublishBatch`
  /// and `Publish`. Bytes are those of the message, the subject, and the attributes' names, types
  /// and values.
  public static final Limits LIMITS = new Limits(10, 256L << 10, 256L << 10);

  static final ErrorTable ERRORS =
      ErrorTable.common()
          .with(Meaning.THROTTLED, "Throttled", "Throttling", "KMSThrottling")
          .with(Meaning.TOO_LARGE, "BatchRequestTooLong")
          .with(Meaning.REFUSED, "InvalidParameter", "InvalidParameterValue")
          .with(
              Meaning.FATAL,
              "NotFound",
              "AuthorizationError",
              "EndpointDisabled",
              "PlatformApplicationDisabled",
              "InvalidSecurity",
              "KMSAccessDenied",
              "KMSDisabled",
              "KMSInvalidState",
              "KMSNotFound",
              "KMSOptInRequired");

  private final SnsAsyncClient client;
  private final String topic;
  private final boolean fifo;
  private final Function<T, Message<MessageAttributeValue>> maker;
  private final @Nullable Function<T, @Nullable String> groupId;

  private SnsDestination(Builder<T> builder, SnsAsyncClient client, String topic) {
    super(client, Fifo.traits(builder.limits(LIMITS), topic, builder.whenInDoubt), ERRORS);
    this.client = client;
    this.topic = topic;
    this.fifo = Fifo.is(topic);
    this.maker = builder.maker();
    this.groupId = builder.groupId;
  }

  /// Describes a topic to publish to.
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
      throw new UnfitItemException("the message is empty, and SNS takes none that are");
    }
    String group = groupId == null && fifo ? item.key() : message.groupId();
    Fifo.check(group, message.deduplicationId(), topic);
    return new Message<>(
        message.body(),
        message.subject(),
        group,
        message.deduplicationId(),
        null,
        message.attributes());
  }

  @Override
  long bytes(Message<MessageAttributeValue> message) {
    long bytes = Text.utf8Length(message.body());
    bytes += message.subject() == null ? 0 : Text.utf8Length(message.subject());
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
    return publishBatch(entries);
  }

  private PublishBatchRequest publishBatch(Entries<T, Message<MessageAttributeValue>> entries) {
    var list = new ArrayList<PublishBatchRequestEntry>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Message<MessageAttributeValue> message = entries.list().get(i);
      list.add(
          PublishBatchRequestEntry.builder()
              // Our own position: a user's key may have characters that refuse the whole call.
              .id(Integer.toString(i))
              .message(message.body())
              .subject(message.subject())
              .messageGroupId(message.groupId())
              .messageDeduplicationId(deduplicationId(entries, i))
              .messageAttributes(message.attributes().isEmpty() ? null : message.attributes())
              .build());
    }
    return PublishBatchRequest.builder().topicArn(topic).publishBatchRequestEntries(list).build();
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
    return reply(() -> client.publishBatch(publishBatch(entries)), answer -> read(entries, answer));
  }

  private static <T> Reply read(
      Entries<T, Message<MessageAttributeValue>> entries, PublishBatchResponse answer) {
    var verdicts = new HashMap<String, Verdict>();
    for (BatchResultErrorEntry failed : answer.failed()) {
      verdicts.put(
          failed.id(), SenderFault.verdict(failed.senderFault(), failed.code(), failed.message()));
    }
    for (PublishBatchResultEntry sent : answer.successful()) {
      verdicts.put(sent.id(), new Verdict.Accepted(sent.messageId()));
    }
    return entries.answered(index -> verdicts.get(Integer.toString(index)));
  }

  @Override
  public Reply sendSingle(Batch<T> batch) throws InterruptedException {
    return single(
        batch,
        (entries, message) ->
            reply(
                () ->
                    client.publish(
                        PublishRequest.builder()
                            .topicArn(topic)
                            .message(message.body())
                            .subject(message.subject())
                            .messageGroupId(message.groupId())
                            .messageDeduplicationId(deduplicationId(entries, 0))
                            .messageAttributes(
                                message.attributes().isEmpty() ? null : message.attributes())
                            .build()),
                answer -> entries.answered(index -> new Verdict.Accepted(answer.messageId()))));
  }

  /// Collects what there is to say of a topic.
  ///
  /// @param <T> an item's payload
  public static final class Builder<T> extends DestinationBuilder<Builder<T>> {

    private @Nullable String topic;
    private @Nullable Function<T, String> message;
    private Function<T, @Nullable String> subject = payload -> null;
    private @Nullable Function<T, @Nullable String> groupId;
    private Function<T, @Nullable String> deduplicationId = payload -> null;
    private Function<T, Map<String, MessageAttributeValue>> attributes = payload -> Map.of();

    private Builder() {}

    @Override
    Builder<T> self() {
      return this;
    }

    /// The topic's ARN; one that ends in `.fifo` is that of a FIFO topic.
    public Builder<T> topic(String arn) {
      this.topic = arn;
      return this;
    }

    /// What makes an item's message.
    public Builder<T> message(Function<T, String> maker) {
      this.message = maker;
      return this;
    }

    /// What makes an item's subject, for subscriptions by mail.
    public Builder<T> subject(Function<T, @Nullable String> maker) {
      this.subject = maker;
      return this;
    }

    /// What makes an item's message group, 1 to 128 characters; in a FIFO topic the item's own key
    /// unless set.
    public Builder<T> groupId(Function<T, @Nullable String> maker) {
      this.groupId = maker;
      return this;
    }

    /// What makes an item's deduplication id in a FIFO topic, 1 to 128 characters. Unless set, or
    /// where it gives null, one that is never the same for two items.
    public Builder<T> deduplicationId(Function<T, @Nullable String> maker) {
      this.deduplicationId = maker;
      return this;
    }

    /// What makes an item's message attributes.
    public Builder<T> attributes(Function<T, Map<String, MessageAttributeValue>> maker) {
      this.attributes = maker;
      return this;
    }

    private Function<T, Message<MessageAttributeValue>> maker() {
      Function<T, String> messages = required(message, "message");
      Function<T, @Nullable String> subjects = subject;
      Function<T, @Nullable String> groups = groupId;
      Function<T, @Nullable String> ids = deduplicationId;
      Function<T, Map<String, MessageAttributeValue>> others = attributes;
      return payload ->
          new Message<>(
              messages.apply(payload),
              subjects.apply(payload),
              groups == null ? null : groups.apply(payload),
              ids.apply(payload),
              null,
              others.apply(payload));
    }

    /// Opens the topic: looks whether it is there.
    ///
    /// @throws dev.waybill.UserException if it is not there, or AWS can not be reached
    public SnsDestination<T> open() {
      String arn = required(topic, "topic");
      SnsAsyncClient client = connection.client(SnsAsyncClient.builder());
      try {
        new OpenCheck("SNS topic '" + arn + "'", connection, "NotFound", "ResourceNotFound")
            .ask(() -> client.getTopicAttributes(request -> request.topicArn(arn)));
        return new SnsDestination<>(this, client, arn);
      } catch (RuntimeException e) {
        AwsConnection.close(client);
        throw e;
      }
    }
  }
}
