package dev.waybill.aws;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.aws.ErrorTable.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsAsyncClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

/// A log stream of CloudWatch Logs, by `PutLogEvents`.
///
/// Events go in order of their time within a call. A call spans 24 hours at the most; what is later
/// than that goes in a later call. A repeat is stored twice.
///
/// @param <T> an item's payload
public final class LogsDestination<T> extends AwsDestination<T, InputLogEvent> {

  /// 10,000 events and 1,048,576 bytes in a call, 1 MiB in an event: the API reference of
  /// `PutLogEvents`. Bytes are those of the message and 26 more for each event.
  public static final Limits LIMITS = new Limits(10_000, 1L << 20, 1L << 20);

  private static final int BYTES_AROUND_EVENT = 26;
  private static final long LONGEST_SPAN = Duration.ofHours(24).toMillis();

  static final ErrorTable ERRORS =
      ErrorTable.common()
          .with(Meaning.THROTTLED, "Throttling", "ServiceUnavailable")
          .with(Meaning.REFUSED, "InvalidParameter")
          .with(Meaning.FATAL, "ResourceNotFound", "UnrecognizedClient")
          .with(Meaning.IN_DOUBT, "DataAlreadyAccepted");

  private static final Verdict LATER =
      new Verdict.Deferred(
          Reason.of(
              "more than 24 hours after the earliest event of its call; goes in a later one"));

  private final CloudWatchLogsAsyncClient client;
  private final String group;
  private final String stream;
  private final Function<T, String> message;
  private final Function<T, @Nullable Instant> time;
  private final InstantSource clock;

  private LogsDestination(Builder<T> builder, CloudWatchLogsAsyncClient client) {
    super(client, builder.limits(LIMITS).traits(builder.whenInDoubt.idempotence()), ERRORS);
    this.client = client;
    this.group = DestinationBuilder.required(builder.group, "group");
    this.stream = DestinationBuilder.required(builder.stream, "stream");
    this.message = DestinationBuilder.required(builder.message, "message");
    this.time = builder.time;
    this.clock = builder.clock;
  }

  /// Describes a log stream to write to.
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  @Override
  InputLogEvent entry(Item<T> item) {
    String text = message.apply(item.payload());
    if (text.isEmpty()) {
      throw new UnfitItemException(
          "the message is empty, and a log event has one character at least");
    }
    Instant when = time.apply(item.payload());
    return InputLogEvent.builder()
        .message(text)
        .timestamp(when == null ? clock.millis() : when.toEpochMilli())
        .build();
  }

  @Override
  long bytes(InputLogEvent event) {
    return Text.utf8Length(event.message()) + BYTES_AROUND_EVENT;
  }

  @Override
  SdkPojo request(Entries<T, InputLogEvent> entries) {
    return putLogEvents(inOrder(entries).list());
  }

  private PutLogEventsRequest putLogEvents(List<InputLogEvent> events) {
    return PutLogEventsRequest.builder()
        .logGroupName(group)
        .logStreamName(stream)
        .logEvents(events)
        .build();
  }

  @Override
  CompletableFuture<Reply> call(Entries<T, InputLogEvent> unordered) {
    Entries<T, InputLogEvent> entries = inOrder(unordered);
    return reply(
        () -> client.putLogEvents(putLogEvents(entries.list())), answer -> read(entries, answer));
  }

  /// In order of time, from the earliest event to the last within 24 hours.
  private static <T> Entries<T, InputLogEvent> inOrder(Entries<T, InputLogEvent> entries) {
    List<InputLogEvent> events = entries.list();
    if (events.isEmpty()) {
      return entries;
    }
    long earliest = events.stream().mapToLong(InputLogEvent::timestamp).min().getAsLong();
    int[] chosen =
        IntStream.range(0, events.size())
            .filter(index -> events.get(index).timestamp() - earliest <= LONGEST_SPAN)
            .boxed()
            .sorted(Comparator.comparingLong(index -> events.get(index).timestamp()))
            .mapToInt(Integer::intValue)
            .toArray();
    return entries.only(chosen, LATER);
  }

  /// The answer names ranges of what was sent: ends are exclusive, the start is inclusive.
  private static <T> Reply read(Entries<T, InputLogEvent> entries, PutLogEventsResponse answer) {
    RejectedLogEventsInfo rejected = answer.rejectedLogEventsInfo();
    if (rejected == null) {
      return entries.accepted();
    }
    int tooOld = or(rejected.tooOldLogEventEndIndex(), 0);
    int expired = or(rejected.expiredLogEventEndIndex(), 0);
    int tooNew = or(rejected.tooNewLogEventStartIndex(), Integer.MAX_VALUE);
    return entries.answered(
        index -> {
          if (index < expired) {
            return rejected("expired", "the event is older than the log group keeps events");
          }
          if (index < tooOld) {
            return rejected("tooOld", "the event is too old: Logs takes those of the last 14 days");
          }
          if (index >= tooNew) {
            return rejected("tooNew", "the event lies more than 2 hours in the future");
          }
          return Verdict.Accepted.WITHOUT_ID;
        });
  }

  private static int or(@Nullable Integer value, int other) {
    return value == null ? other : value;
  }

  private static Verdict rejected(String code, String message) {
    return new Verdict.Rejected(Reason.of(code, message), Kind.PERMANENT);
  }

  /// Collects what there is to say of a log stream.
  ///
  /// @param <T> an item's payload
  public static final class Builder<T> extends DestinationBuilder<Builder<T>> {

    private @Nullable String group;
    private @Nullable String stream;
    private @Nullable Function<T, String> message;
    private Function<T, @Nullable Instant> time = payload -> null;
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    @Override
    Builder<T> self() {
      return this;
    }

    /// The log group's name.
    public Builder<T> group(String name) {
      this.group = name;
      return this;
    }

    /// The log stream's name.
    public Builder<T> stream(String name) {
      this.stream = name;
      return this;
    }

    /// What makes an item's message.
    public Builder<T> message(Function<T, String> maker) {
      this.message = maker;
      return this;
    }

    /// What says when an item happened. Unless set, or where it gives null, the moment at which it
    /// is sent.
    public Builder<T> time(Function<T, @Nullable Instant> maker) {
      this.time = maker;
      return this;
    }

    Builder<T> clock(InstantSource value) {
      this.clock = value;
      return this;
    }

    /// Opens the stream: looks whether it is there.
    ///
    /// @throws UserException if it is not there, or AWS can not be reached
    public LogsDestination<T> open() {
      String groupName = required(group, "group");
      String streamName = required(stream, "stream");
      CloudWatchLogsAsyncClient client = connection.client(CloudWatchLogsAsyncClient.builder());
      try {
        var answer =
            new OpenCheck("log group '" + groupName + "'", connection, "ResourceNotFound")
                .ask(
                    () ->
                        client.describeLogStreams(
                            request ->
                                request.logGroupName(groupName).logStreamNamePrefix(streamName)));
        if (answer != null
            && answer.logStreams().stream().noneMatch(one -> streamName.equals(one.logStreamName()))
            && answer.nextToken() == null) {
          throw new UserException(
              "the log group '%s' at %s has no log stream '%s': create it first"
                  .formatted(groupName, connection.where(), streamName));
        }
        return new LogsDestination<>(this, client);
      } catch (RuntimeException e) {
        AwsConnection.close(client);
        throw e;
      }
    }
  }
}
