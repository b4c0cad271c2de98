package dev.waybill.aws;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What a call carries: the items of a batch that can be sent, each as its entry in the request.
/// The others have their verdict already.
///
/// @param <T> an item's payload
/// @param <E> an item's entry in the request
final class Entries<T, E> {

  private static final Verdict UNMENTIONED =
      new Verdict.InDoubt(Reason.of("the service's answer says nothing of this item"));

  private final Batch<T> batch;
  private final List<E> entries;
  private final List<Item<T>> items;
  private final int[] positions;
  private final @Nullable Verdict[] verdicts;

  private Entries(
      Batch<T> batch,
      List<E> entries,
      List<Item<T>> items,
      int[] positions,
      @Nullable Verdict[] verdicts) {
    this.batch = batch;
    this.entries = entries;
    this.items = items;
    this.positions = positions;
    this.verdicts = verdicts;
  }

  /// Those of the batch's items that can be sent. Each of the others is rejected, and costs these
  /// nothing.
  static <T, E> Entries<T, E> of(Batch<T> batch, Function<Item<T>, Prepared<E>> prepared) {
    var entries = new ArrayList<E>(batch.size());
    var items = new ArrayList<Item<T>>(batch.size());
    var positions = new int[batch.size()];
    var verdicts = new @Nullable Verdict[batch.size()];
    for (int i = 0; i < batch.size(); i++) {
      Item<T> item = batch.items().get(i);
      switch (prepared.apply(item)) {
        case Prepared.Ready<E> ready -> {
          positions[entries.size()] = i;
          entries.add(ready.entry());
          items.add(item);
        }
        case Prepared.Unfit<E> unfit -> verdicts[i] = unfit.verdict();
      }
    }
    return new Entries<>(batch, entries, items, positions, verdicts);
  }

  /// The entries to send.
  List<E> list() {
    return entries;
  }

  int size() {
    return entries.size();
  }

  /// The item of an entry.
  Item<T> item(int index) {
    return items.get(index);
  }

  Batch<T> batch() {
    return batch;
  }

  /// Only these of the entries, by their indexes, in the order given. The others have the verdict
  /// that is given for them.
  Entries<T, E> only(int[] indexes, Verdict others) {
    @Nullable Verdict[] known = verdicts.clone();
    for (int i = 0; i < entries.size(); i++) {
      known[positions[i]] = others;
    }
    var chosen = new ArrayList<E>(indexes.length);
    var chosenItems = new ArrayList<Item<T>>(indexes.length);
    var chosenPositions = new int[indexes.length];
    for (int index : indexes) {
      chosenPositions[chosen.size()] = positions[index];
      chosen.add(entries.get(index));
      chosenItems.add(items.get(index));
      known[positions[index]] = null;
    }
    return new Entries<>(batch, chosen, chosenItems, chosenPositions, known);
  }

  /// The answer to the whole batch, with the verdict on each entry that was sent; null for an entry
  /// that the service did not mention, which is in doubt.
  Reply.Answered answered(IntFunction<@Nullable Verdict> verdictOfEntry) {
    @Nullable Verdict[] all = verdicts.clone();
    for (int i = 0; i < entries.size(); i++) {
      all[positions[i]] = verdictOfEntry.apply(i);
    }
    var told = new ArrayList<Verdict>(all.length);
    for (Verdict verdict : all) {
      told.add(verdict == null ? UNMENTIONED : verdict);
    }
    return new Reply.Answered(told);
  }

  /// The answer to the whole batch if every entry was accepted, without ids.
  Reply.Answered accepted() {
    return entries.size() == batch.size()
        ? new Reply.Answered(Collections.nCopies(batch.size(), Verdict.Accepted.WITHOUT_ID))
        : answered(index -> Verdict.Accepted.WITHOUT_ID);
  }
}
