package dev.waybill.testkit.aws;

/// The contract, by dynalite behind the proxy.
class DynaliteTest extends DynamoDbWireContract {

  private final WithholdingProxy proxy = WithholdingProxy.dynamoDb(Emulators.dynalite());

  @Override
  WireSubject start() {
    return new WireSubject(proxy.endpoint(), proxy.faults());
  }

  @Override
  void stop() {
    proxy.close();
  }
}
