package dev.waybill.aws;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.aws.ErrorTable.Meaning;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Traits.Idempotence;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingReason;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// A DynamoDB table, by `BatchWriteItem`: puts and deletes by key.
///
/// A repeated write does no harm, but an older write that comes late would undo a newer one of the
/// same key. So the writes of a key go one after the other unless the policy says otherwise, and
/// never are two of them in one call.
///
/// @param <T> an item's payload
public final class DynamoDbDestination<T> extends AwsDestination<T, DynamoDbDestination.Write>
    implements SingleSender<T> {

  /// 25 writes and 16 MiB in a call, 400 KiB in an item: the API reference of `BatchWriteItem`.
  /// Bytes are those of the attributes' names and values.
  public static final Limits LIMITS = new Limits(25, 400L << 10, 16L << 20);

  static final ErrorTable ERRORS =
      ErrorTable.common()
          .with(
              Meaning.THROTTLED,
              "ProvisionedThroughputExceeded",
              "Throttling",
              "RequestLimitExceeded")
          .with(Meaning.UNAVAILABLE, "ReplicatedWriteConflict")
          .with(Meaning.REFUSED, "Validation", "ItemCollectionSizeLimitExceeded")
          .with(Meaning.FATAL, "ResourceNotFound")
          .detail(DynamoDbDestination::throttlingReasons);

  private static final Reason NOT_NOW =
      Reason.of("UnprocessedItems", "the table did not process this write");

  private static final Verdict BEHIND_ANOTHER =
      new Verdict.Deferred(Reason.of("another write of the same key goes first"));

  /// A write with its place.
  ///
  /// @param key what names the item in the table
  record Write(String key, DynamoDbWrite write) {

    WriteRequest request() {
      return switch (write) {
        case DynamoDbWrite.Put(var item) ->
            WriteRequest.builder().putRequest(put -> put.item(item)).build();
        case DynamoDbWrite.Delete(var where) ->
            WriteRequest.builder().deleteRequest(delete -> delete.key(where)).build();
      };
    }
  }

  private final DynamoDbAsyncClient client;
  private final String table;
  private final TableKey key;
  private final BiFunction<T, TableKey, DynamoDbWrite> maker;

  private DynamoDbDestination(Builder<T> builder, DynamoDbAsyncClient client, TableKey key) {
    super(
        client,
        builder.limits(LIMITS).traits(Idempotence.IDEMPOTENT).overtakingIsHarmful(),
        ERRORS);
    this.client = client;
    this.table = DestinationBuilder.required(builder.table, "table");
    this.maker = DestinationBuilder.required(builder.write, "item or write");
    this.key = key;
  }

  /// Describes a table to write to.
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /// The table's key.
  @Override
  String orderKey(Item<T> item, Write write) {
    return write.key();
  }

  @Override
  Write entry(Item<T> item) {
    DynamoDbWrite write = maker.apply(item.payload(), key);
    return switch (write) {
      case DynamoDbWrite.Put(var attributes) -> new Write(key.text(attributes), write);
      case DynamoDbWrite.Delete(var attributes) -> {
        if (attributes.size() > key.parts().size()) {
          throw new UnfitItemException("a delete takes the table's key and nothing else");
        }
        yield new Write(key.text(attributes), write);
      }
    };
  }

  @Override
  long bytes(Write entry) {
    return switch (entry.write()) {
      case DynamoDbWrite.Put(var item) -> ItemSize.of(item);
      case DynamoDbWrite.Delete(var where) -> ItemSize.of(where);
    };
  }

  /// Which limit of which table, index or account was reached; null where the service does not say.
  private static @Nullable String throttlingReasons(AwsServiceException answer) {
    List<ThrottlingReason> reasons =
        switch (answer) {
          case ProvisionedThroughputExceededException e -> e.throttlingReasons();
          case RequestLimitExceededException e -> e.throttlingReasons();
          case ThrottlingException e -> e.throttlingReasons();
          default -> List.of();
        };
    return reasons.isEmpty()
        ? null
        : reasons.stream()
            .map(one -> one.reason() + " of " + one.resource())
            .collect(Collectors.joining(", "));
  }

  @Override
  SdkPojo request(Entries<T, Write> entries) {
    return batchWriteItem(entries.list());
  }

  private BatchWriteItemRequest batchWriteItem(List<Write> writes) {
    return BatchWriteItemRequest.builder()
        .requestItems(Map.of(table, writes.stream().map(Write::request).toList()))
        .build();
  }

  @Override
  CompletableFuture<Reply> call(Entries<T, Write> all) {
    Entries<T, Write> entries = oneOfEachKey(all);
    return reply(
        () -> client.batchWriteItem(batchWriteItem(entries.list())),
        answer -> read(entries, answer));
  }

  /// Two writes of a key in one call would refuse it; the later one goes in a later call.
  private static <T> Entries<T, Write> oneOfEachKey(Entries<T, Write> entries) {
    var keys = new HashSet<String>();
    int[] firsts =
        IntStream.range(0, entries.size())
            .filter(index -> keys.add(entries.list().get(index).key()))
            .toArray();
    return firsts.length == entries.size() ? entries : entries.only(firsts, BEHIND_ANOTHER);
  }

  /// The answer names what was not processed by its content, without position and reason.
  private Reply read(Entries<T, Write> entries, BatchWriteItemResponse answer) {
    if (answer.unprocessedItems().isEmpty()) {
      return entries.accepted();
    }
    Set<String> sent = new HashSet<>();
    entries.list().forEach(write -> sent.add(write.key()));
    var unprocessed = new HashSet<String>();
    for (List<WriteRequest> requests : answer.unprocessedItems().values()) {
      for (WriteRequest request : requests) {
        String name = name(request);
        if (name == null || !sent.contains(name)) {
          return new Reply.InDoubt(
              Reason.of("the answer names an unprocessed write that was not sent"));
        }
        unprocessed.add(name);
      }
    }
    return entries.answered(
        index ->
            unprocessed.contains(entries.list().get(index).key())
                ? new Verdict.Deferred(NOT_NOW)
                : Verdict.Accepted.WITHOUT_ID);
  }

  private @Nullable String name(WriteRequest request) {
    try {
      return key.text(
          request.putRequest() == null
              ? request.deleteRequest().key()
              : request.putRequest().item());
    } catch (UnfitItemException e) {
      return null;
    }
  }

  @Override
  public Reply sendSingle(Batch<T> batch) throws InterruptedException {
    return single(
        batch,
        (entries, entry) ->
            switch (entry.write()) {
              case DynamoDbWrite.Put(var item) ->
                  reply(
                      () -> client.putItem(request -> request.tableName(table).item(item)),
                      answer -> entries.accepted(),
                      reply -> throttledByItself(entries, reply));
              case DynamoDbWrite.Delete(var where) ->
                  reply(
                      () -> client.deleteItem(request -> request.tableName(table).key(where)),
                      answer -> entries.accepted(),
                      reply -> throttledByItself(entries, reply));
            });
  }

  /// Collects what there is to say of a table.
  ///
  /// @param <T> an item's payload
  public static final class Builder<T> extends DestinationBuilder<Builder<T>> {

    private @Nullable String table;
    private @Nullable TableKey key;
    private @Nullable BiFunction<T, TableKey, DynamoDbWrite> write;

    private Builder() {}

    @Override
    Builder<T> self() {
      return this;
    }

    /// The table's name.
    public Builder<T> table(String name) {
      this.table = name;
      return this;
    }

    /// The attributes of the table's key, for credentials that may not describe the table.
    public Builder<T> key(String partitionKey) {
      this.key = TableKey.named(List.of(partitionKey));
      return this;
    }

    /// The attributes of the table's key, for credentials that may not describe the table.
    public Builder<T> key(String partitionKey, String sortKey) {
      this.key = TableKey.named(List.of(partitionKey, sortKey));
      return this;
    }

    /// What makes the table's item, which is put in the place of the one with its key.
    public Builder<T> item(Function<T, Map<String, AttributeValue>> maker) {
      return write(payload -> new DynamoDbWrite.Put(maker.apply(payload)));
    }

    /// What says whether a payload is a put or a delete, and of what.
    public Builder<T> write(Function<T, DynamoDbWrite> maker) {
      return writeByKey((payload, ignored) -> maker.apply(payload));
    }

    /// The same for those who need to know the table's key.
    Builder<T> writeByKey(BiFunction<T, TableKey, DynamoDbWrite> maker) {
      this.write = maker;
      return this;
    }

    /// Opens the table: looks whether it is there, and what its key is.
    ///
    /// @throws UserException if it is not there, its key is not known, or AWS can not be reached
    public DynamoDbDestination<T> open() {
      String name = required(table, "table");
      DynamoDbAsyncClient client = connection.client(DynamoDbAsyncClient.builder());
      try {
        var answer =
            new OpenCheck("DynamoDB table '" + name + "'", connection, "ResourceNotFound")
                .ask(() -> client.describeTable(request -> request.tableName(name)));
        TableKey known = answer == null ? key : TableKey.of(answer.table());
        if (known == null) {
          throw new UserException(
              ("the key of the DynamoDB table '%s' can not be asked for: name its attributes"
                      + " (option key), or give the permission dynamodb:DescribeTable")
                  .formatted(name));
        }
        return new DynamoDbDestination<>(this, client, known);
      } catch (RuntimeException e) {
        AwsConnection.close(client);
        throw e;
      }
    }
  }
}
