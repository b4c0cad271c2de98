package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.List;

/// `logs:GROUP/STREAM`: records as events of CloudWatch Logs.
public final class LogsProvider implements DestinationProvider {

  @Override
  public List<String> schemes() {
    return List.of("logs");
  }

  @Override
  public String summary() {
    return "A log stream of CloudWatch Logs: logs:GROUP/STREAM";
  }

  @Override
  public List<Option> options() {
    return AwsOptions.with(
        "30s",
        Option.of(
            "message-field", null, "The field that is the message; unless set, the whole record"),
        Option.of(
            "timestamp-field",
            null,
            "The field that says when, as ISO 8601 or milliseconds since 1970; unless set, the"
                + " moment of sending"));
  }

  /// Group names may have slashes in them and stream names rarely do, so the last one parts them.
  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    AwsOptions.check(options, delivery, "message-field", "timestamp-field");
    String name = AwsOptions.name(address, "logs:GROUP/STREAM");
    int slash = name.lastIndexOf('/');
    if (slash < 1 || slash == name.length() - 1) {
      throw new UserException(
          "the address '%s' names no log stream: write logs:GROUP/STREAM".formatted(address));
    }
    LogsDestination.Builder<Fields> builder = LogsDestination.builder();
    builder.group(name.substring(0, slash)).stream(name.substring(slash + 1))
        .message(RecordFields.content(options.text("message-field")))
        .time(RecordFields.time(options.text("timestamp-field")));
    return AwsOptions.apply(builder, options).open();
  }
}
