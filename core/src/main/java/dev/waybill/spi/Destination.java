package dev.waybill.spi;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reply;
import org.jspecify.annotations.Nullable;

/// Where items go.
///
/// Called from many threads at once, up to as many as [Traits#maxInFlight()]. A destination never
/// repeats a call by itself: whether, when and with which items to try again is the engine's to
/// say.
///
/// @param <T> what it takes as an item's payload
public interface Destination<T> extends AutoCloseable {

  /// Its limits and its nature. The same at every call.
  Traits traits();

  /// Makes one call with these items and says what came of it.
  ///
  /// Everything that can be expected to go wrong is a [Reply]. An exception means a bug here or in
  /// the connector; the batch is then in doubt.
  ///
  /// @throws InterruptedException if the run was told to stop at once; the batch is then in doubt
  Reply send(Batch<T> batch) throws InterruptedException;

  /// Makes an item ready to be asked about and sent, by any thread. Called once for most items,
  /// before [#bytesOf], [#orderKey] and [#send], so that what takes long to make (the item's text
  /// in a request) is made once and travels with the item as [Item#prepared()]. An item may also
  /// come without having been here: what is not prepared is to be made when it is needed. Does not
  /// look at the ordinal, which may change after this.
  ///
  /// @return the item as it is, or the same with something prepared
  default Item<T> prepare(Item<T> item) {
    return item;
  }

  /// How many bytes this item takes of [Traits#maxBytes()], counted as the destination counts them.
  /// The same at every call for an item. Asked only of destinations that have such a limit.
  default long bytesOf(Item<T> item) {
    return item.sourceBytes();
  }

  /// What names an item where order is kept: two items of one order key are never under way at
  /// once. The item's key, unless the destination keeps its own order by something else (a
  /// partition, a group, a table's primary key). The same at every call; null for an item that may
  /// go in any order.
  default @Nullable String orderKey(Item<T> item) {
    return item.key();
  }

  /// Gives back connections and files. No call is under way any more.
  @Override
  void close();
}
