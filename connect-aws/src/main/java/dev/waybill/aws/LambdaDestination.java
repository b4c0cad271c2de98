package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.aws.ErrorTable.Meaning;
import dev.waybill.spi.Traits;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// A Lambda function, by `Invoke`: it is given the batch as a JSON array.
///
/// Invoked synchronously it may answer `{"batchItemFailures": [{"itemIdentifier": "3"}]}` to have
/// items sent again; what identifies an item is its position in the array, counted from 0, unless
/// the builder says otherwise. Any other answer accepts all. See [FunctionErrors] for a function
/// that throws.
///
/// @param <T> an item's payload
public final class LambdaDestination<T> extends AwsDestination<T, LambdaDestination.Element> {

  /// 6 MiB in a synchronous call: "Lambda quotas" in the developer guide. Bytes are those of the
  /// JSON array. The number of items is ours: the service sets none.
  public static final Limits LIMITS = new Limits(10_000, 6L << 20, 6L << 20);

  /// 1 MiB in an asynchronous call: "Lambda quotas" in the developer guide.
  public static final Limits ASYNCHRONOUS_LIMITS = new Limits(10_000, 1L << 20, 1L << 20);

  private static final int SUGGESTED_ITEMS = 100;

  /// The longest that a function may run, by the same quotas.
  private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  static final ErrorTable ERRORS =
      ErrorTable.common()
          .with(Meaning.THROTTLED, "TooManyRequests", "EC2Throttled")
          .with(
              Meaning.UNAVAILABLE,
              "ENILimitReached",
              "ResourceConflict",
              "ResourceNotReady",
              "SnapStartNotReady",
              "SubnetIPAddressLimitReached")
          .with(Meaning.TOO_LARGE, "RequestTooLarge", "SerializedRequestEntityTooLarge")
          .with(Meaning.REFUSED, "InvalidRequestContent")
          .with(
              Meaning.FATAL,
              "ResourceNotFound",
              "InvalidParameterValue",
              "InvalidRuntime",
              "InvalidSecurityGroupID",
              "InvalidSubnetID",
              "InvalidZipFile",
              "KMSAccessDenied",
              "KMSDisabled",
              "KMSInvalidState",
              "KMSNotFound",
              "RecursiveInvocation",
              "UnsupportedMediaType")
          .with(Meaning.IN_DOUBT, "Service");

  /// An item's element of the array.
  ///
  /// @param id what the function calls it by in its answer; null for its position
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Element(byte[] json, @Nullable String id) {}

  private final LambdaAsyncClient client;
  private final String function;
  private final InvocationType invocation;
  private final FunctionErrors functionErrors;
  private final Function<T, byte[]> json;
  private final Function<T, @Nullable String> itemId;

  private LambdaDestination(Builder<T> builder, LambdaAsyncClient client) {
    super(client, builder.traits(), ERRORS);
    this.client = client;
    this.function = DestinationBuilder.required(builder.function, "function");
    this.invocation = builder.invocation;
    this.functionErrors = builder.functionErrors;
    this.json = DestinationBuilder.required(builder.json, "json");
    this.itemId = builder.itemId;
  }

  /// Describes a function to invoke.
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  @Override
  Element entry(Item<T> item) {
    return new Element(json.apply(item.payload()), itemId.apply(item.payload()));
  }

  /// With the comma or bracket behind it.
  @Override
  long bytes(Element element) {
    return element.json().length + 1L;
  }

  @Override
  SdkPojo request(Entries<T, Element> entries) {
    return invoke(entries.list());
  }

  private InvokeRequest invoke(List<Element> elements) {
    var array = new ByteArrayOutputStream();
    for (Element element : elements) {
      array.write(array.size() == 0 ? '[' : ',');
      array.writeBytes(element.json());
    }
    array.write(']');
    return InvokeRequest.builder()
        .functionName(function)
        .invocationType(invocation)
        .payload(SdkBytes.fromByteArrayUnsafe(array.toByteArray()))
        .build();
  }

  @Override
  CompletableFuture<Reply> call(Entries<T, Element> entries) {
    return reply(() -> client.invoke(invoke(entries.list())), answer -> read(entries, answer));
  }

  private Reply read(Entries<T, Element> entries, InvokeResponse answer) {
    if (answer.functionError() != null) {
      return functionErrors.reply(
          Reason.of(
              answer.functionError(),
              "the function threw: " + Text.oneLine(text(answer.payload()))));
    }
    return invocation == InvocationType.EVENT
        ? entries.accepted()
        : ItemFailures.reply(entries, text(answer.payload()));
  }

  private static String text(@Nullable SdkBytes payload) {
    return payload == null ? "" : new String(payload.asByteArrayUnsafe(), UTF_8);
  }

  /// Collects what there is to say of a function.
  ///
  /// @param <T> an item's payload
  public static final class Builder<T> extends DestinationBuilder<Builder<T>> {

    private @Nullable String function;
    private @Nullable Function<T, byte[]> json;
    private Function<T, @Nullable String> itemId = payload -> null;
    private InvocationType invocation = InvocationType.REQUEST_RESPONSE;
    private FunctionErrors functionErrors = FunctionErrors.IN_DOUBT;

    private Builder() {
      // A function that is still running when we stop waiting leaves its batch in doubt.
      connection = connection.timeout(LONGEST_RUN);
    }

    @Override
    Builder<T> self() {
      return this;
    }

    /// The function's name or ARN, with a version or alias if wanted.
    public Builder<T> function(String nameOrArn) {
      this.function = nameOrArn;
      return this;
    }

    /// What makes an item's element of the array: one JSON value in UTF-8.
    public Builder<T> json(Function<T, byte[]> maker) {
      this.json = maker;
      return this;
    }

    /// What the function calls an item by in `batchItemFailures`; its position in the array unless
    /// set, or where it gives null.
    public Builder<T> itemId(Function<T, @Nullable String> maker) {
      this.itemId = maker;
      return this;
    }

    /// The function is only handed the batch: `Event` invocations, whose outcome nobody is told.
    public Builder<T> asynchronous() {
      this.invocation = InvocationType.EVENT;
      return this;
    }

    /// What a function that throws means; [FunctionErrors#IN_DOUBT] unless set.
    public Builder<T> functionErrors(FunctionErrors value) {
      this.functionErrors = value;
      return this;
    }

    private Traits traits() {
      Limits most = limits(invocation == InvocationType.EVENT ? ASYNCHRONOUS_LIMITS : LIMITS);
      Traits traits =
          most.maxCallBytes(Math.max(1, most.maxCallBytes() - 1)).traits(whenInDoubt.idempotence());
      return traits.suggesting(SUGGESTED_ITEMS, AwsConnection.SUGGESTED_CALLS, 0);
    }

    /// Opens the function: looks whether it is there.
    ///
    /// @throws dev.waybill.UserException if it is not there, or AWS can not be reached
    public LambdaDestination<T> open() {
      String name = required(function, "function");
      LambdaAsyncClient client = connection.client(LambdaAsyncClient.builder());
      try {
        new OpenCheck("Lambda function '" + name + "'", connection, "ResourceNotFound")
            .ask(() -> client.getFunctionConfiguration(request -> request.functionName(name)));
        return new LambdaDestination<>(this, client);
      } catch (RuntimeException e) {
        AwsConnection.close(client);
        throw e;
      }
    }
  }
}
