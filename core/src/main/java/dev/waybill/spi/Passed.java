package dev.waybill.spi;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;

/// Takes records that are passed over, and remembers how far they went.
final class Passed implements Intake<Fields> {

  long ordinal;

  @Override
  public void accept(Item<Fields> item) {
    ordinal = item.ordinal();
  }

  @Override
  public void refuse(Item<Fields> item, Reason reason) {
    ordinal = item.ordinal();
  }
}
