package dev.waybill.spi;

import dev.waybill.Item;
import dev.waybill.Reason;

/// Takes the items of a source, one after the other.
public interface Intake<T> {

  /// An item to deliver.
  void accept(Item<T> item);

  /// An item that can not be delivered as it is: a row with a missing cell, a date that is none. It
  /// ends as rejected, with this reason, and the rest goes on.
  void refuse(Item<T> item, Reason reason);
}
