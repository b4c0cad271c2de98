package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// `firehose:STREAM`: records as JSON lines to a Firehose stream.
public final class FirehoseProvider implements DestinationProvider {

  private enum Separator {
    NEWLINE,
    NONE
  }

  @Override
  public List<String> schemes() {
    return List.of("firehose");
  }

  @Override
  public String summary() {
    return "A Firehose stream: firehose:STREAM";
  }

  @Override
  public List<Option> options() {
    return AwsOptions.with(
        "30s",
        Option.of("data-field", null, "The field that is the data; unless set, the whole record"),
        Option.of(
            "separator",
            "newline",
            "What ends each record, since Firehose puts them one behind the other: newline or"
                + " none"));
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    AwsOptions.check(options, delivery, "data-field");
    Function<Fields, byte[]> data = RecordFields.bytes(options.text("data-field"));
    FirehoseDestination.Builder<Fields> builder = FirehoseDestination.builder();
    builder.stream(AwsOptions.name(address, "firehose:STREAM"))
        .data(
            switch (options.choice("separator", Separator.class)) {
              case NONE -> data;
              case NEWLINE -> data.andThen(FirehoseProvider::line);
            });
    return AwsOptions.apply(builder, options).open();
  }

  private static byte[] line(byte[] data) {
    byte[] line = Arrays.copyOf(data, data.length + 1);
    line[data.length] = '\n';
    return line;
  }
}
