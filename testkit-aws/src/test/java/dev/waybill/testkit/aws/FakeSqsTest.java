package dev.waybill.testkit.aws;

/// The contract, by the fake.
class FakeSqsTest extends SqsWireContract {

  private final FakeAws aws = FakeAws.start();

  @Override
  WireSubject start() {
    return new WireSubject(aws.endpoint(), aws.sqs().faults());
  }

  @Override
  void stop() {
    aws.close();
  }
}
