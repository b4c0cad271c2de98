package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.List;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/// `sns:TOPIC_ARN`: records as JSON to an SNS topic, standard or FIFO.
public final class SnsProvider implements DestinationProvider {

  @Override
  public List<String> schemes() {
    return List.of("sns");
  }

  @Override
  public String summary() {
    return "An SNS topic, standard or FIFO: sns:TOPIC_ARN";
  }

  @Override
  public List<Option> options() {
    return AwsOptions.with(
        "30s",
        Option.of(
            "message-field", null, "The field that is the message; unless set, the whole record"),
        Option.of("subject-field", null, "The field that is the subject of mails"),
        Option.of(
            "group-id-field",
            null,
            "The field that is the message group; unless set, the record's key (FIFO topics)"),
        Option.of(
            "deduplication-id-field",
            null,
            "The field that is the deduplication id; unless set, one of its own for each record"
                + " (FIFO topics)"),
        Option.of("attributes", null, "Fields to send as message attributes too, by commas"));
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    AwsOptions.check(
        options,
        delivery,
        "message-field",
        "subject-field",
        "group-id-field",
        "deduplication-id-field",
        "attributes");
    String arn = AwsOptions.name(address, "sns:TOPIC_ARN");
    if (!arn.startsWith("arn:")) {
      throw new UserException(
          "'%s' is not a topic's ARN: write sns:arn:aws:sns:REGION:ACCOUNT:TOPIC".formatted(arn));
    }
    SnsDestination.Builder<Fields> builder = SnsDestination.builder();
    List<String> attributes = options.list("attributes");
    builder
        .topic(arn)
        .message(RecordFields.content(options.text("message-field")))
        .subject(RecordFields.optional(options.text("subject-field")))
        .deduplicationId(RecordFields.optional(options.text("deduplication-id-field")))
        .attributes(fields -> RecordFields.attributes(fields, attributes, SnsProvider::attribute));
    if (options.has("group-id-field")) {
      builder.groupId(RecordFields.optional(options.required("group-id-field")));
    }
    return AwsOptions.apply(builder, options).open();
  }

  private static MessageAttributeValue attribute(String type, String value) {
    return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
  }
}
