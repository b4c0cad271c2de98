package dev.waybill.aws;

import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.aws.ErrorTable.Meaning;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/// CloudWatch metrics, by `PutMetricData`.
///
/// The service takes all of a call or nothing, and a repeat counts twice in sums and sample counts:
/// a call in doubt is told as unknown and never repeated unless that is asked for.
///
/// @param <T> an item's payload
public final class CloudWatchDestination<T> extends AwsDestination<T, MetricDatum> {

  /// 1,000 metrics and 1 MB in a call: the API reference of `PutMetricData`. Bytes are those of the
  /// request before it is compressed, so that a call that fits always passes.
  public static final Limits LIMITS = new Limits(1_000, 1_000_000, 1_000_000);

  static final ErrorTable ERRORS =
      ErrorTable.common()
          .with(Meaning.THROTTLED, "Throttling", "LimitExceeded")
          .with(
              Meaning.REFUSED,
              "InvalidFormat",
              "InvalidParameterCombination",
              "InvalidParameterValue",
              "MissingParameter",
              "MissingRequiredParameter")
          .with(Meaning.IN_DOUBT, "InternalServiceFault", "InternalService");

  /// The API reference of `MetricDatum`: values are from -2^360 to 2^360; NaN and the infinities
  /// are not taken.
  private static final double LARGEST = Math.pow(2, 360);

  private static final int MOST_DIMENSIONS = 30;
  private static final int MOST_VALUES = 150;

  private final CloudWatchAsyncClient client;
  private final String namespace;
  private final Function<T, MetricDatum> metric;

  private CloudWatchDestination(Builder<T> builder, CloudWatchAsyncClient client) {
    super(client, builder.traits(), ERRORS);
    this.client = client;
    this.namespace = DestinationBuilder.required(builder.namespace, "namespace");
    this.metric = DestinationBuilder.required(builder.metric, "metric");
  }

  /// Describes a namespace to write to.
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /// What one bad metric would cost the whole call is found here as far as it can be.
  @Override
  MetricDatum entry(Item<T> item) {
    MetricDatum datum = metric.apply(item.payload());
    if (datum.metricName() == null || datum.metricName().isBlank()) {
      throw new UnfitItemException("the metric has no name");
    }
    if (datum.dimensions().size() > MOST_DIMENSIONS) {
      throw new UnfitItemException(
          "the metric has %d dimensions, and CloudWatch takes %d at the most"
              .formatted(datum.dimensions().size(), MOST_DIMENSIONS));
    }
    if (datum.values().size() > MOST_VALUES) {
      throw new UnfitItemException(
          "the metric has %d values, and CloudWatch takes %d at the most"
              .formatted(datum.values().size(), MOST_VALUES));
    }
    if (datum.value() == null && !datum.hasValues() && datum.statisticValues() == null) {
      throw new UnfitItemException("the metric has no value");
    }
    check(datum.value());
    datum.values().forEach(CloudWatchDestination::check);
    StatisticSet statistics = datum.statisticValues();
    if (statistics != null) {
      check(statistics.sum());
      check(statistics.minimum());
      check(statistics.maximum());
    }
    return datum;
  }

  private static void check(@Nullable Double value) {
    if (value != null && !(Math.abs(value) <= LARGEST)) {
      throw new UnfitItemException(
          "CloudWatch takes no value of " + value + ", only numbers up to 2^360");
    }
  }

  @Override
  long bytes(MetricDatum datum) {
    return CborSize.of(datum);
  }

  @Override
  SdkPojo request(Entries<T, MetricDatum> entries) {
    return putMetricData(entries.list());
  }

  private PutMetricDataRequest putMetricData(List<MetricDatum> metrics) {
    return PutMetricDataRequest.builder().namespace(namespace).metricData(metrics).build();
  }

  @Override
  CompletableFuture<Reply> call(Entries<T, MetricDatum> entries) {
    return reply(
        () -> client.putMetricData(putMetricData(entries.list())), answer -> entries.accepted());
  }

  /// Collects what there is to say of a namespace.
  ///
  /// @param <T> an item's payload
  public static final class Builder<T> extends DestinationBuilder<Builder<T>> {

    private @Nullable String namespace;
    private @Nullable Function<T, MetricDatum> metric;

    private Builder() {}

    @Override
    Builder<T> self() {
      return this;
    }

    /// The namespace, which need not exist yet.
    public Builder<T> namespace(String name) {
      this.namespace = name;
      return this;
    }

    /// What makes an item's metric, with a value, several values and their counts, or a statistic
    /// set.
    public Builder<T> metric(Function<T, MetricDatum> maker) {
      this.metric = maker;
      return this;
    }

    private dev.waybill.spi.Traits traits() {
      Limits most = limits(LIMITS);
      long room =
          Math.max(
              1,
              most.maxCallBytes()
                  - CborSize.of(
                      PutMetricDataRequest.builder()
                          .namespace(required(namespace, "namespace"))
                          .metricData(List.of())
                          .build())
                  - CborSize.LONGER_HEAD);
      return most.maxCallBytes(room).traits(whenInDoubt.idempotence());
    }

    /// Opens the namespace. There is no call that would look whether it may be written to.
    ///
    /// @throws dev.waybill.UserException if there are no credentials or there is no region
    public CloudWatchDestination<T> open() {
      CloudWatchAsyncClient client = connection.client(CloudWatchAsyncClient.builder());
      try {
        return new CloudWatchDestination<>(this, client);
      } catch (RuntimeException e) {
        AwsConnection.close(client);
        throw e;
      }
    }
  }
}
