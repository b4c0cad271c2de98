package dev.waybill.testkit.aws;

/// The contract, by the fake.
class FakeKinesisTest extends KinesisWireContract {

  private final FakeAws aws = FakeAws.start();

  @Override
  WireSubject start() {
    return new WireSubject(aws.endpoint(), aws.kinesis().faults());
  }

  @Override
  void stop() {
    aws.close();
  }
}
