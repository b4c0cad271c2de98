package dev.waybill.aws;

import dev.waybill.Item;
import dev.waybill.spi.Destination;
import dev.waybill.testkit.Subject;
import dev.waybill.testkit.aws.AwsFault;
import dev.waybill.testkit.aws.Effect;
import dev.waybill.testkit.aws.FakeAws;
import dev.waybill.testkit.aws.FakeService;
import dev.waybill.testkit.aws.Stored;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One of the services, with the fake AWS as its far side.
record FakeSubject(EveryService service, FakeAws aws) implements Subject<String> {

  static FakeSubject of(EveryService service) {
    FakeAws aws = FakeAws.start();
    Fakes.prepare(aws);
    return new FakeSubject(service, aws);
  }

  private FakeService fake() {
    return switch (service) {
      case KINESIS -> aws.kinesis();
      case FIREHOSE -> aws.firehose();
      case SQS, SQS_FIFO -> aws.sqs();
      case SNS -> aws.sns();
      case DYNAMODB -> aws.dynamoDb();
      case CLOUDWATCH -> aws.cloudWatch();
      case LOGS -> aws.logs();
      case EVENTBRIDGE -> aws.eventBridge();
      case LAMBDA -> aws.lambda();
    };
  }

  @Override
  public Destination<String> open() {
    return service.open(Fakes.connection(aws));
  }

  @Override
  public Item<String> valid(long ordinal) {
    return Item.of(ordinal, text(ordinal));
  }

  private static String text(long ordinal) {
    return "item-%06d".formatted(ordinal);
  }

  /// Where the service itself finds the fault, it is left to it.
  @Override
  public Optional<Item<String>> invalid(long ordinal) {
    return switch (service) {
      case KINESIS -> Optional.of(new Item<>(ordinal, "k".repeat(257), text(ordinal), null));
      case FIREHOSE -> Optional.empty();
      case SQS, SQS_FIFO -> Optional.of(Item.of(ordinal, text(ordinal) + "\u0001"));
      case SNS, DYNAMODB, LOGS -> Optional.of(Item.of(ordinal, ""));
      case CLOUDWATCH -> Optional.of(Item.of(ordinal, "m".repeat(256)));
      case EVENTBRIDGE, LAMBDA -> Optional.of(Item.of(ordinal, "broken \" JSON"));
    };
  }

  @Override
  public int timesApplied(Item<String> item) {
    String text = item.payload();
    return (int)
        switch (service) {
          case DYNAMODB -> count(aws.dynamoDb().items("orders"), "\"" + text + "\"");
          case CLOUDWATCH -> fake().stored().stream().map(Stored::key).filter(text::equals).count();
          case EVENTBRIDGE, LAMBDA -> count(fake().texts(), "\"" + text + "\"");
          default -> fake().texts().stream().filter(text::equals).count();
        };
  }

  @Override
  public long applied() {
    return switch (service) {
      case DYNAMODB -> aws.dynamoDb().items("orders").size();
      case LAMBDA -> count(fake().texts(), "\"item-");
      default -> fake().storedCount();
    };
  }

  private static long count(List<String> texts, String part) {
    return texts.stream().mapToLong(text -> text.split(part, -1).length - 1L).sum();
  }

  @Override
  public FarSide breakDown() {
    fake().faults().always(AwsFault.cut(Effect.NOT_APPLIED));
    return FarSide.BROKEN;
  }

  @Override
  public void mend() {
    fake().faults().clear();
  }

  @Override
  public List<String> secrets() {
    return List.of(Fakes.SECRET);
  }

  @Override
  public OptionalLong calls() {
    return OptionalLong.of(fake().callCount());
  }

  @Override
  public void close() {
    aws.close();
  }
}
