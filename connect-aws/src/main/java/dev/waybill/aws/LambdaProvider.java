package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.List;

/// `lambda:FUNCTION`: batches of records as JSON arrays to a Lambda function.
public final class LambdaProvider implements DestinationProvider {

  private enum Invocation {
    SYNC,
    ASYNC
  }

  @Override
  public List<String> schemes() {
    return List.of("lambda");
  }

  @Override
  public String summary() {
    return "A Lambda function, given batches as JSON arrays: lambda:FUNCTION";
  }

  @Override
  public List<Option> options() {
    return AwsOptions.with(
        "15m",
        Option.of(
            "invocation",
            "sync",
            "Whether the function's answer is waited for: sync, or async (handed over is"
                + " delivered)"),
        Option.of(
            "item-id-field",
            null,
            "The field by which the function names records in batchItemFailures; unless set, their"
                + " positions from 0"),
        Option.of(
            "function-errors",
            "in-doubt",
            "What a function that throws means: in-doubt, refused (it does all or nothing; the"
                + " batch is split) or retry (it does all or nothing; the batch is sent again)"));
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    AwsOptions.check(options, delivery, "item-id-field");
    LambdaDestination.Builder<Fields> builder = LambdaDestination.builder();
    builder
        .function(AwsOptions.name(address, "lambda:FUNCTION"))
        .json(Json::bytes)
        .itemId(RecordFields.optional(options.text("item-id-field")))
        .functionErrors(options.choice("function-errors", FunctionErrors.class));
    switch (options.choice("invocation", Invocation.class)) {
      case SYNC -> {}
      case ASYNC -> builder.asynchronous();
    }
    return AwsOptions.apply(builder, options).open();
  }
}
