package dev.waybill.aws;

import dev.waybill.testkit.DestinationContract;
import dev.waybill.testkit.Subject;
import org.junit.jupiter.api.Nested;

/// What every destination must hold, held by each of the services through the fake AWS.
class ContractTest {

  @Nested
  class Kinesis extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return FakeSubject.of(EveryService.KINESIS);
    }
  }

  @Nested
  class Firehose extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return FakeSubject.of(EveryService.FIREHOSE);
    }
  }

  @Nested
  class Sqs extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return FakeSubject.of(EveryService.SQS);
    }
  }

  @Nested
  class SqsFifo extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return FakeSubject.of(EveryService.SQS_FIFO);
    }
  }

  @Nested
  class Sns extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return FakeSubject.of(EveryService.SNS);
    }
  }

  @Nested
  class DynamoDb extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return FakeSubject.of(EveryService.DYNAMODB);
    }
  }

  @Nested
  class CloudWatch extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return FakeSubject.of(EveryService.CLOUDWATCH);
    }
  }

  @Nested
  class Logs extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return FakeSubject.of(EveryService.LOGS);
    }
  }

  @Nested
  class EventBridge extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return FakeSubject.of(EveryService.EVENTBRIDGE);
    }
  }

  @Nested
  class Lambda extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return FakeSubject.of(EveryService.LAMBDA);
    }
  }
}
