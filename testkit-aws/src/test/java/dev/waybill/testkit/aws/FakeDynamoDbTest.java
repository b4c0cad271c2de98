package dev.waybill.testkit.aws;

/// The contract, by the fake.
class FakeDynamoDbTest extends DynamoDbWireContract {

  private final FakeAws aws = FakeAws.start();

  @Override
  WireSubject start() {
    return new WireSubject(aws.endpoint(), aws.dynamoDb().faults());
  }

  @Override
  void stop() {
    aws.close();
  }
}
