package dev.waybill.testkit.aws;

/// The contract, by DynamoDB Local behind the proxy.
class DynamoDbLocalTest extends DynamoDbWireContract {

  private final WithholdingProxy proxy = WithholdingProxy.dynamoDb(Emulators.dynamoDbLocal());

  @Override
  WireSubject start() {
    return new WireSubject(proxy.endpoint(), proxy.faults());
  }

  @Override
  void stop() {
    proxy.close();
  }
}
