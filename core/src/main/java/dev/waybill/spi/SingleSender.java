package dev.waybill.spi;

import dev.waybill.Batch;
import dev.waybill.Reply;

/// A destination that also has a call for one item, which may pass where batches keep failing.
public interface SingleSender<T> extends Destination<T> {

  /// Sends the one item of `batch` by the single-item call.
  ///
  /// @throws InterruptedException as [Destination#send]
  Reply sendSingle(Batch<T> batch) throws InterruptedException;
}
