package dev.waybill.testkit.aws;

/// The contract, by kinesalite behind the proxy.
class KinesaliteTest extends KinesisWireContract {

  private final WithholdingProxy proxy = WithholdingProxy.kinesis(Emulators.kinesalite());

  @Override
  WireSubject start() {
    return new WireSubject(proxy.endpoint(), proxy.faults());
  }

  @Override
  void stop() {
    proxy.close();
  }
}
