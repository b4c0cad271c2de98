package dev.waybill.testkit;

/// The contract passes a destination that keeps it.
class HonestDestinationTest extends DestinationContract<String> {

  @Override
  protected Subject<String> subject() {
    return new MemorySubject();
  }
}
