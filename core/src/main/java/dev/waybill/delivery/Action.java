package dev.waybill.delivery;

import dev.waybill.Item;
import dev.waybill.Settlement;
import java.util.List;

/// What the engine tells its shell to do, in this order.
public sealed interface Action<T> {

  /// Make this call, and tell [Engine#replied] or [Engine#found] what came of it.
  record Make<T>(Call<T> call) implements Action<T> {}

  /// Write down that no call with this batch number has left a doubt.
  record Conclude<T>(long number) implements Action<T> {}

  /// These items have not come to their end and will not here; their source has them still. Nothing
  /// that was sent of them can do harm if it is sent again. Only with [Policy#parkAfter].
  record GiveBack<T>(List<Item<T>> items) implements Action<T> {}

  /// Write down that these items have come to their end.
  record Settle<T>(Settlement<T> settlement) implements Action<T> {}
}
