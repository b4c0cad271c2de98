package dev.waybill.redis;

import dev.waybill.Fields;
import dev.waybill.testkit.DestinationContract;
import dev.waybill.testkit.Subject;

class ListContractTest extends DestinationContract<Fields> {

  @Override
  protected Subject<Fields> subject() {
    return new DatabaseSubject(Type.LIST);
  }
}
