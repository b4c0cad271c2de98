package dev.waybill.search;

import dev.waybill.Fields;
import dev.waybill.testkit.DestinationContract;
import dev.waybill.testkit.Subject;

class UpsertContractTest extends DestinationContract<Fields> {

  @Override
  protected Subject<Fields> subject() {
    return new IndexSubject("upsert");
  }
}
