package dev.waybill.aws;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.aws.ErrorTable.Meaning;
import dev.waybill.spi.SingleSender;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/// A Kinesis data stream, by `PutRecords`. The id of a delivered item is its sequence number.
///
/// Items of one partition key keep their order where the policy keeps order per key; the service
/// keeps none inside a call.
///
/// @param <T> an item's payload
public final class KinesisDestination<T> extends AwsDestination<T, PutRecordsRequestEntry>
    implements SingleSender<T> {

  /// 500 records and 10 MiB in a call, 1 MiB in a record: the API reference of `PutRecords`, and
  /// the default of a stream's `MaxRecordSizeInKiB`. Bytes are those of data and partition key.
  public static final Limits LIMITS = new Limits(500, 1L << 20, 10L << 20);

  /// In characters, by the API reference of `PutRecordsRequestEntry`.
  private static final int LONGEST_KEY = 256;

  static final ErrorTable ERRORS =
      ErrorTable.common()
          .with(Meaning.THROTTLED, "ProvisionedThroughputExceeded", "KMSThrottling")
          .with(Meaning.REFUSED, "InvalidArgument", "Validation")
          .with(
              Meaning.FATAL,
              "ResourceNotFound",
              "KMSAccessDenied",
              "KMSDisabled",
              "KMSInvalidState",
              "KMSNotFound",
              "KMSOptInRequired");

  /// `InternalFailure` is said to be worth a retry, but not that nothing was stored.
  static final ItemTable ITEMS =
      new ItemTable().deferred("ProvisionedThroughputExceeded").inDoubt("InternalFailure");

  private final KinesisAsyncClient client;
  private final String stream;
  private final Function<T, byte[]> data;
  private final @Nullable Function<T, @Nullable String> partitionKey;

  private KinesisDestination(Builder<T> builder, KinesisAsyncClient client, Limits limits) {
    super(client, limits.traits(builder.whenInDoubt.idempotence()), ERRORS);
    this.client = client;
    this.stream = DestinationBuilder.required(builder.stream, "stream");
    this.data = DestinationBuilder.required(builder.data, "data");
    this.partitionKey = builder.partitionKey;
  }

  /// Describes a stream to write to.
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  @Override
  @Nullable String orderKey(Item<T> item, PutRecordsRequestEntry entry) {
    return partitionKey == null ? item.key() : entry.partitionKey();
  }

  @Override
  PutRecordsRequestEntry entry(Item<T> item) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(keyOf(item))
        .data(SdkBytes.fromByteArrayUnsafe(data.apply(item.payload())))
        .build();
  }

  private String keyOf(Item<T> item) {
    String key = partitionKey == null ? item.key() : partitionKey.apply(item.payload());
    if (key == null && partitionKey == null) {
      // The service spreads records by a digest of the key, so any that differ will do.
      return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
    if (key == null || key.isEmpty()) {
      throw new UnfitItemException("the item has no partition key");
    }
    if (key.length() > LONGEST_KEY) {
      throw new UnfitItemException(
          "the partition key has %d characters, and Kinesis takes %d at the most"
              .formatted(key.length(), LONGEST_KEY));
    }
    return key;
  }

  @Override
  long bytes(PutRecordsRequestEntry entry) {
    return entry.data().asByteArrayUnsafe().length + Text.utf8Length(entry.partitionKey());
  }

  @Override
  SdkPojo request(Entries<T, PutRecordsRequestEntry> entries) {
    return putRecords(entries.list());
  }

  private PutRecordsRequest putRecords(List<PutRecordsRequestEntry> entries) {
    return PutRecordsRequest.builder().streamName(stream).records(entries).build();
  }

  @Override
  CompletableFuture<Reply> call(Entries<T, PutRecordsRequestEntry> entries) {
    return reply(
        () -> client.putRecords(putRecords(entries.list())),
        answer -> entries.answered(index -> verdict(answer, index)));
  }

  private static @Nullable Verdict verdict(PutRecordsResponse answer, int index) {
    if (index >= answer.records().size()) {
      return null;
    }
    PutRecordsResultEntry result = answer.records().get(index);
    if (result.errorCode() != null) {
      return ITEMS.verdict(result.errorCode(), result.errorMessage());
    }
    return result.sequenceNumber() == null ? null : new Verdict.Accepted(result.sequenceNumber());
  }

  @Override
  public Reply sendSingle(Batch<T> batch) throws InterruptedException {
    return single(
        batch,
        (entries, entry) ->
            reply(
                () ->
                    client.putRecord(
                        PutRecordRequest.builder()
                            .streamName(stream)
                            .partitionKey(entry.partitionKey())
                            .data(entry.data())
                            .build()),
                answer -> entries.answered(index -> new Verdict.Accepted(answer.sequenceNumber())),
                reply -> throttledByItself(entries, reply)));
  }

  /// Collects what there is to say of a stream.
  ///
  /// @param <T> an item's payload
  public static final class Builder<T> extends DestinationBuilder<Builder<T>> {

    private @Nullable String stream;
    private @Nullable Function<T, byte[]> data;
    private @Nullable Function<T, @Nullable String> partitionKey;

    private Builder() {}

    @Override
    Builder<T> self() {
      return this;
    }

    /// The stream's name.
    public Builder<T> stream(String name) {
      this.stream = name;
      return this;
    }

    /// What makes an item's data. The same bytes at every call.
    public Builder<T> data(Function<T, byte[]> maker) {
      this.data = maker;
      return this;
    }

    /// What makes an item's partition key, 1 to 256 characters. Unless set, the item's own key; an
    /// item without one goes to any shard.
    public Builder<T> partitionKey(Function<T, @Nullable String> maker) {
      this.partitionKey = maker;
      return this;
    }

    /// Opens the stream: looks whether it is there, and how large its records may be.
    ///
    /// @throws dev.waybill.UserException if it is not there, or AWS can not be reached
    public KinesisDestination<T> open() {
      String name = required(stream, "stream");
      KinesisAsyncClient client = connection.client(KinesisAsyncClient.builder());
      try {
        var answer =
            new OpenCheck("Kinesis stream '" + name + "'", connection, "ResourceNotFound")
                .ask(() -> client.describeStreamSummary(request -> request.streamName(name)));
        Integer largest =
            answer == null || answer.streamDescriptionSummary() == null
                ? null
                : answer.streamDescriptionSummary().maxRecordSizeInKiB();
        Limits told = largest == null ? LIMITS : LIMITS.maxItemBytes(largest * 1024L);
        return new KinesisDestination<>(this, client, limits(told));
      } catch (RuntimeException e) {
        AwsConnection.close(client);
        throw e;
      }
    }
  }
}
