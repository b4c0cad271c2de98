package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.List;

/// `kinesis:STREAM`: records as JSON to a Kinesis data stream.
public final class KinesisProvider implements DestinationProvider {

  @Override
  public List<String> schemes() {
    return List.of("kinesis");
  }

  @Override
  public String summary() {
    return "A Kinesis data stream: kinesis:STREAM";
  }

  @Override
  public List<Option> options() {
    return AwsOptions.with(
        "30s",
        Option.of(
            "partition-key-field",
            null,
            "The field that is the partition key; unless set, the record's key, or any shard"),
        Option.of("data-field", null, "The field that is the data; unless set, the whole record"));
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    AwsOptions.check(options, delivery, "partition-key-field", "data-field");
    KinesisDestination.Builder<Fields> builder = KinesisDestination.builder();
    builder.stream(AwsOptions.name(address, "kinesis:STREAM"))
        .data(RecordFields.bytes(options.text("data-field")));
    if (options.has("partition-key-field")) {
      builder.partitionKey(RecordFields.optional(options.required("partition-key-field")));
    }
    return AwsOptions.apply(builder, options).open();
  }
}
