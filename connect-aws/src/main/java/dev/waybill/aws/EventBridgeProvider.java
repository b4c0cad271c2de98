package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `eventbridge:BUS`: records as events to an EventBridge bus.
public final class EventBridgeProvider implements DestinationProvider {

  @Override
  public List<String> schemes() {
    return List.of("eventbridge");
  }

  @Override
  public String summary() {
    return "An EventBridge event bus: eventbridge:BUS";
  }

  @Override
  public List<Option> options() {
    return AwsOptions.with(
        "30s",
        Option.of("source", "waybill", "The source of all events"),
        Option.of("source-field", null, "The field that is the event's source"),
        Option.of("detail-type", "record", "The detail type of all events"),
        Option.of("detail-type-field", null, "The field that is the event's detail type"),
        Option.of(
            "detail-field",
            null,
            "The field that is the detail, a JSON object; unless set, the whole record"),
        Option.of(
            "time-field",
            null,
            "The field that says when, as ISO 8601 or milliseconds since 1970; unless set, the"
                + " moment of arrival"),
        Option.of("resource-field", null, "The field that is the ARN that the event is about"));
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    AwsOptions.check(
        options,
        delivery,
        "source-field",
        "detail-type-field",
        "detail-field",
        "time-field",
        "resource-field");
    var resource = RecordFields.optional(options.text("resource-field"));
    EventBridgeDestination.Builder<Fields> builder = EventBridgeDestination.builder();
    builder
        .bus(AwsOptions.name(address, "eventbridge:BUS"))
        .source(fieldOr(options, "source"))
        .detailType(fieldOr(options, "detail-type"))
        .detail(RecordFields.content(options.text("detail-field")))
        .time(RecordFields.time(options.text("time-field")))
        .resources(
            fields -> {
              String arn = resource.apply(fields);
              return arn == null ? List.of() : List.of(arn);
            });
    return AwsOptions.apply(builder, options).open();
  }

  private static Function<Fields, @Nullable String> fieldOr(Options options, String name) {
    String field = options.text(name + "-field");
    String constant = options.required(name);
    return field == null ? fields -> constant : RecordFields.optional(field);
  }
}
