package dev.waybill.aws;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.aws.ErrorTable.Meaning;
import dev.waybill.spi.SingleSender;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.FirehoseAsyncClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.Record;

/// A Firehose stream, by `PutRecordBatch`. The id of a delivered item is its record id. The service
/// keeps no order and knows no repeats.
///
/// @param <T> an item's payload
public final class FirehoseDestination<T> extends AwsDestination<T, Record>
    implements SingleSender<T> {

  /// 500 records and 4 MiB in a call, 1,000 KiB in a record, before base64: the API reference of
  /// `PutRecordBatch`. Bytes are those of the data.
  public static final Limits LIMITS = new Limits(500, 1_000L << 10, 4L << 20);

  static final ErrorTable ERRORS =
      ErrorTable.common()
          .with(Meaning.THROTTLED, "ServiceUnavailable", "LimitExceeded")
          .with(Meaning.REFUSED, "InvalidArgument")
          .with(Meaning.FATAL, "ResourceNotFound", "InvalidKMSResource", "InvalidSource");

  /// After an internal failure "might have completed" holds, by the text of `PutRecordBatch`.
  static final ItemTable ITEMS =
      new ItemTable().deferred("ServiceUnavailable").inDoubt("InternalFailure");

  private final FirehoseAsyncClient client;
  private final String stream;
  private final Function<T, byte[]> data;

  private FirehoseDestination(Builder<T> builder, FirehoseAsyncClient client) {
    super(client, builder.limits(LIMITS).traits(builder.whenInDoubt.idempotence()), ERRORS);
    this.client = client;
    this.stream = DestinationBuilder.required(builder.stream, "stream");
    this.data = DestinationBuilder.required(builder.data, "data");
  }

  /// Describes a stream to write to.
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  @Override
  Record entry(Item<T> item) {
    return Record.builder().data(SdkBytes.fromByteArrayUnsafe(data.apply(item.payload()))).build();
  }

  @Override
  long bytes(Record entry) {
    return entry.data().asByteArrayUnsafe().length;
  }

  @Override
  SdkPojo request(Entries<T, Record> entries) {
    return putRecordBatch(entries.list());
  }

  private PutRecordBatchRequest putRecordBatch(List<Record> records) {
    return PutRecordBatchRequest.builder().deliveryStreamName(stream).records(records).build();
  }

  @Override
  CompletableFuture<Reply> call(Entries<T, Record> entries) {
    return reply(
        () -> client.putRecordBatch(putRecordBatch(entries.list())),
        answer -> entries.answered(index -> verdict(answer, index)));
  }

  private static @Nullable Verdict verdict(PutRecordBatchResponse answer, int index) {
    if (index >= answer.requestResponses().size()) {
      return null;
    }
    PutRecordBatchResponseEntry result = answer.requestResponses().get(index);
    if (result.errorCode() != null) {
      return ITEMS.verdict(result.errorCode(), result.errorMessage());
    }
    return result.recordId() == null ? null : new Verdict.Accepted(result.recordId());
  }

  @Override
  public Reply sendSingle(Batch<T> batch) throws InterruptedException {
    return single(
        batch,
        (entries, entry) ->
            reply(
                () -> client.putRecord(request -> request.deliveryStreamName(stream).record(entry)),
                answer -> entries.answered(index -> new Verdict.Accepted(answer.recordId())),
                reply -> throttledByItself(entries, reply)));
  }

  /// Collects what there is to say of a stream.
  ///
  /// @param <T> an item's payload
  public static final class Builder<T> extends DestinationBuilder<Builder<T>> {

    private @Nullable String stream;
    private @Nullable Function<T, byte[]> data;

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

    /// What makes an item's data. Firehose puts records one behind the other as they are, so end
    /// each with a line feed where lines are wanted.
    public Builder<T> data(Function<T, byte[]> maker) {
      this.data = maker;
      return this;
    }

    /// Opens the stream: looks whether it is there.
    ///
    /// @throws dev.waybill.UserException if it is not there, or AWS can not be reached
    public FirehoseDestination<T> open() {
      String name = required(stream, "stream");
      FirehoseAsyncClient client = connection.client(FirehoseAsyncClient.builder());
      try {
        new OpenCheck("Firehose stream '" + name + "'", connection, "ResourceNotFound")
            .ask(() -> client.describeDeliveryStream(request -> request.deliveryStreamName(name)));
        return new FirehoseDestination<>(this, client);
      } catch (RuntimeException e) {
        AwsConnection.close(client);
        throw e;
      }
    }
  }
}
