package dev.waybill.testkit.aws;

/// The contract, by ElasticMQ behind the proxy.
class ElasticMqTest extends SqsWireContract {

  private final WithholdingProxy proxy = WithholdingProxy.sqs(Emulators.elasticMq());

  @Override
  WireSubject start() {
    return new WireSubject(proxy.endpoint(), proxy.faults());
  }

  @Override
  void stop() {
    proxy.close();
  }
}
