package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/// `cloudwatch:NAMESPACE`: records as metrics of CloudWatch.
public final class CloudWatchProvider implements DestinationProvider {

  @Override
  public List<String> schemes() {
    return List.of("cloudwatch");
  }

  @Override
  public String summary() {
    return "CloudWatch metrics: cloudwatch:NAMESPACE";
  }

  @Override
  public List<Option> options() {
    return AwsOptions.with(
        "30s",
        Option.of("name-field", "name", "The field that is the metric's name"),
        Option.of("value-field", "value", "The field that is the metric's value"),
        Option.of("unit-field", null, "The field that is the unit, such as Count or Seconds"),
        Option.of(
            "timestamp-field",
            null,
            "The field that says when, as ISO 8601 or milliseconds since 1970; unless set, the"
                + " moment of arrival"),
        Option.of("dimensions", null, "Fields that are dimensions, by commas"),
        Option.of("storage-resolution", "60", "Seconds to which the metric is kept: 1 or 60"));
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    AwsOptions.check(
        options,
        delivery,
        "name-field",
        "value-field",
        "unit-field",
        "timestamp-field",
        "dimensions");
    int resolution = options.integer("storage-resolution", 1, 60);
    if (resolution != 1 && resolution != 60) {
      throw options.bad("storage-resolution", "takes 1 or 60");
    }
    CloudWatchDestination.Builder<Fields> builder = CloudWatchDestination.builder();
    builder
        .namespace(AwsOptions.name(address, "cloudwatch:NAMESPACE"))
        .metric(
            metric(
                options.required("name-field"),
                options.required("value-field"),
                options.text("unit-field"),
                options.text("timestamp-field"),
                options.list("dimensions"),
                resolution));
    return AwsOptions.apply(builder, options).open();
  }

  private static Function<Fields, MetricDatum> metric(
      String name,
      String value,
      @Nullable String unit,
      @Nullable String timestamp,
      List<String> dimensions,
      int resolution) {
    var nameOf = RecordFields.optional(name);
    var unitOf = RecordFields.optional(unit);
    var timeOf = RecordFields.time(timestamp);
    return fields ->
        MetricDatum.builder()
            .metricName(nameOf.apply(fields))
            .value(number(fields, value))
            .unit(unitOf.apply(fields))
            .timestamp(timeOf.apply(fields))
            .dimensions(dimensions(fields, dimensions))
            .storageResolution(resolution == 1 ? 1 : null)
            .build();
  }

  private static @Nullable Double number(Fields fields, String field) {
    String text = RecordFields.optional(field).apply(fields);
    try {
      return text == null ? null : Double.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new UnfitItemException("the field '%s' is no number: '%s'".formatted(field, text));
    }
  }

  private static List<Dimension> dimensions(Fields fields, List<String> names) {
    var dimensions = new ArrayList<Dimension>();
    for (String name : names) {
      String value = RecordFields.optional(name).apply(fields);
      if (value != null) {
        dimensions.add(Dimension.builder().name(name).value(value).build());
      }
    }
    return dimensions;
  }
}
