package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// `sqs:QUEUE`: records as JSON to an SQS queue, standard or FIFO.
public final class SqsProvider implements DestinationProvider {

  @Override
  public List<String> schemes() {
    return List.of("sqs");
  }

  @Override
  public String summary() {
    return "An SQS queue, standard or FIFO: sqs:NAME or sqs:URL";
  }

  @Override
  public List<Option> options() {
    return AwsOptions.with(
        "30s",
        Option.of(
            "body-field", null, "The field that is the message; unless set, the whole record"),
        Option.of(
            "group-id-field",
            null,
            "The field that is the message group; unless set, the record's key (FIFO queues)"),
        Option.of(
            "deduplication-id-field",
            null,
            "The field that is the deduplication id; unless set, one of its own for each record"
                + " (FIFO queues)"),
        Option.of(
            "delay-field",
            null,
            "The field that says how many seconds the queue holds the message back (standard"
                + " queues)"),
        Option.of("attributes", null, "Fields to send as message attributes too, by commas"));
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    AwsOptions.check(
        options,
        delivery,
        "body-field",
        "group-id-field",
        "deduplication-id-field",
        "delay-field",
        "attributes");
    SqsDestination.Builder<Fields> builder = SqsDestination.builder();
    String delay = options.text("delay-field");
    List<String> attributes = options.list("attributes");
    builder
        .queue(AwsOptions.name(address, "sqs:NAME"))
        .body(RecordFields.content(options.text("body-field")))
        .deduplicationId(RecordFields.optional(options.text("deduplication-id-field")))
        .delaySeconds(fields -> seconds(fields, delay))
        .attributes(fields -> RecordFields.attributes(fields, attributes, SqsProvider::attribute));
    if (options.has("group-id-field")) {
      builder.groupId(RecordFields.optional(options.required("group-id-field")));
    }
    return AwsOptions.apply(builder, options).open();
  }

  private static @Nullable Integer seconds(Fields fields, @Nullable String field) {
    String text = RecordFields.optional(field).apply(fields);
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new UnfitItemException(
          "the field '%s' is no whole number of seconds: '%s'".formatted(field, text));
    }
  }

  private static MessageAttributeValue attribute(String type, String value) {
    return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
  }
}
