package dev.waybill;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The common end of some items that were together in a batch: many receipts in one, so that a
/// delivered batch is accounted for in one step.
///
/// @param batch the number of the last batch that carried them; 0 if they were never sent
/// @param items those that ended, in order
/// @param disposition how they ended
/// @param reason why; null when delivered
/// @param attempts in how many calls each was sent; 0 if in none
/// @param ids the ids that the destination gave, one an item; empty if it gives none
public record Settlement<T>(
    long batch,
    List<Item<T>> items,
    Disposition disposition,
    @Nullable Reason reason,
    int attempts,
    List<@Nullable String> ids) {

  /// The id of the item at `index`; null if the destination gave none.
  public @Nullable String id(int index) {
    return ids.isEmpty() ? null : ids.get(index);
  }

  /// The receipt of each item.
  public List<Receipt<T>> receipts() {
    var receipts = new ArrayList<Receipt<T>>(items.size());
    for (int i = 0; i < items.size(); i++) {
      receipts.add(new Receipt<>(items.get(i), disposition, reason, attempts, id(i)));
    }
    return receipts;
  }
}
