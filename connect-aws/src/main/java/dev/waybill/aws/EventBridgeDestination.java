package dev.waybill.aws;

import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.aws.ErrorTable.Meaning;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.eventbridge.EventBridgeAsyncClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/// An event bus of EventBridge, by `PutEvents`. The id of a delivered item is its event id. The
/// service knows no repeats.
///
/// @param <T> an item's payload
public final class EventBridgeDestination<T> extends AwsDestination<T, PutEventsRequestEntry> {

  /// 10 events and 256 KiB in a call: the API reference of `PutEvents`. Bytes are 14 for a time,
  /// and those of source, detail type, detail and resources: "Calculating event sizes" in the user
  /// guide.
  public static final Limits LIMITS = new Limits(10, 256L << 10, 256L << 10);

  private static final int BYTES_OF_TIME = 14;

  static final ErrorTable ERRORS =
      ErrorTable.common()
          .with(Meaning.THROTTLED, "Throttling")
          .with(Meaning.REFUSED, "Validation")
          .with(Meaning.TOO_LARGE, "RequestEntryTooLarge", "RequestEntityTooLarge")
          .with(Meaning.FATAL, "AccessDenied", "ResourceNotFound")
          .with(Meaning.IN_DOUBT, "Internal");

  /// The lists of retryable and of permanent codes in the API reference of `PutEventsResultEntry`.
  static final ItemTable ITEMS =
      new ItemTable()
          .deferred("InternalFailure", "InternalException", "ThrottlingException")
          .rejected(
              "AccessDeniedException",
              "InvalidAccountIdException",
              "InvalidArgument",
              "MalformedDetail",
              "RedactionFailure",
              "NotAuthorizedForSourceException",
              "NotAuthorizedForDetailTypeException");

  private final EventBridgeAsyncClient client;
  private final String bus;
  private final Function<T, @Nullable String> source;
  private final Function<T, @Nullable String> detailType;
  private final Function<T, String> detail;
  private final Function<T, @Nullable Instant> time;
  private final Function<T, List<String>> resources;

  private EventBridgeDestination(Builder<T> builder, EventBridgeAsyncClient client) {
    super(client, builder.limits(LIMITS).traits(builder.whenInDoubt.idempotence()), ERRORS);
    this.client = client;
    this.bus = DestinationBuilder.required(builder.bus, "bus");
    this.source = DestinationBuilder.required(builder.source, "source");
    this.detailType = DestinationBuilder.required(builder.detailType, "detailType");
    this.detail = DestinationBuilder.required(builder.detail, "detail");
    this.time = builder.time;
    this.resources = builder.resources;
  }

  /// Describes an event bus to write to.
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /// A call of which every event lacks something is refused as a whole, so such events are found
  /// here.
  @Override
  PutEventsRequestEntry entry(Item<T> item) {
    List<String> others = resources.apply(item.payload());
    return PutEventsRequestEntry.builder()
        .eventBusName(bus)
        .source(present(source.apply(item.payload()), "source"))
        .detailType(present(detailType.apply(item.payload()), "detail type"))
        .detail(present(detail.apply(item.payload()), "detail"))
        .time(time.apply(item.payload()))
        .resources(others.isEmpty() ? null : others)
        .build();
  }

  private static String present(@Nullable String value, String what) {
    if (value == null || value.isEmpty()) {
      throw new UnfitItemException("the event has no " + what);
    }
    return value;
  }

  @Override
  long bytes(PutEventsRequestEntry entry) {
    return (entry.time() == null ? 0 : BYTES_OF_TIME)
        + Text.utf8Length(entry.source())
        + Text.utf8Length(entry.detailType())
        + Text.utf8Length(entry.detail())
        + entry.resources().stream().mapToLong(Text::utf8Length).sum();
  }

  @Override
  SdkPojo request(Entries<T, PutEventsRequestEntry> entries) {
    return putEvents(entries.list());
  }

  private static PutEventsRequest putEvents(List<PutEventsRequestEntry> entries) {
    return PutEventsRequest.builder().entries(entries).build();
  }

  @Override
  CompletableFuture<Reply> call(Entries<T, PutEventsRequestEntry> entries) {
    return reply(
        () -> client.putEvents(putEvents(entries.list())),
        answer -> entries.answered(index -> verdict(answer, index)),
        EventBridgeDestination::sizeLearnt);
  }

  /// There is no code of its own for a call that is too large, only words.
  private static Reply sizeLearnt(Reply reply) {
    return reply instanceof Reply.Refused refused
            && refused.reason().message().contains("size")
            && refused.reason().message().contains("limit")
        ? new Reply.TooLarge(refused.reason())
        : reply;
  }

  private static @Nullable Verdict verdict(PutEventsResponse answer, int index) {
    if (index >= answer.entries().size()) {
      return null;
    }
    PutEventsResultEntry result = answer.entries().get(index);
    if (result.errorCode() != null) {
      return ITEMS.verdict(result.errorCode(), result.errorMessage());
    }
    return result.eventId() == null ? null : new Verdict.Accepted(result.eventId());
  }

  /// Collects what there is to say of an event bus.
  ///
  /// @param <T> an item's payload
  public static final class Builder<T> extends DestinationBuilder<Builder<T>> {

    private @Nullable String bus;
    private @Nullable Function<T, @Nullable String> source;
    private @Nullable Function<T, @Nullable String> detailType;
    private @Nullable Function<T, String> detail;
    private Function<T, @Nullable Instant> time = payload -> null;
    private Function<T, List<String>> resources = payload -> List.of();

    private Builder() {}

    @Override
    Builder<T> self() {
      return this;
    }

    /// The bus's name or ARN; `default` is that of the account.
    public Builder<T> bus(String name) {
      this.bus = name;
      return this;
    }

    /// The source of all events.
    public Builder<T> source(String name) {
      return source(payload -> name);
    }

    /// What makes an event's source.
    public Builder<T> source(Function<T, @Nullable String> maker) {
      this.source = maker;
      return this;
    }

    /// The detail type of all events.
    public Builder<T> detailType(String name) {
      return detailType(payload -> name);
    }

    /// What makes an event's detail type.
    public Builder<T> detailType(Function<T, @Nullable String> maker) {
      this.detailType = maker;
      return this;
    }

    /// What makes an event's detail: a JSON object.
    public Builder<T> detail(Function<T, String> maker) {
      this.detail = maker;
      return this;
    }

    /// What says when an event happened; the service takes the moment of its call where there is
    /// none.
    public Builder<T> time(Function<T, @Nullable Instant> maker) {
      this.time = maker;
      return this;
    }

    /// What names the resources that an event is about, by ARN.
    public Builder<T> resources(Function<T, List<String>> maker) {
      this.resources = maker;
      return this;
    }

    /// Opens the bus: looks whether it is there.
    ///
    /// @throws dev.waybill.UserException if it is not there, or AWS can not be reached
    public EventBridgeDestination<T> open() {
      String name = required(bus, "bus");
      EventBridgeAsyncClient client = connection.client(EventBridgeAsyncClient.builder());
      try {
        new OpenCheck("event bus '" + name + "'", connection, "ResourceNotFound")
            .ask(() -> client.describeEventBus(request -> request.name(name)));
        return new EventBridgeDestination<>(this, client);
      } catch (RuntimeException e) {
        AwsConnection.close(client);
        throw e;
      }
    }
  }
}
