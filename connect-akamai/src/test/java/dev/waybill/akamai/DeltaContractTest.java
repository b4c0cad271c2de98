package dev.waybill.akamai;

import dev.waybill.Fields;
import dev.waybill.testkit.DestinationContract;
import dev.waybill.testkit.Subject;
import java.util.Map;

class DeltaContractTest extends DestinationContract<Fields> {

  @Override
  protected Subject<Fields> subject() throws Exception {
    return new CaptureSubject(Map.of("auth", "form", "mode", "delta", "update-rate", "0"));
  }
}
