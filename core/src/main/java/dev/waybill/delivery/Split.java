package dev.waybill.delivery;

import dev.waybill.Item;
import dev.waybill.Reason;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A refused batch whose bad items are being looked for: the [Search] says which positions to send
/// next, and here stand the items at those positions.
final class Split<T> {

  private final List<Item<T>> items;
  private final int[] calls;
  private final boolean doubted;
  private final Reason reason;
  final Search search;

  Split(Work<T> refused, Reason reason, BadShare share) {
    this.reason = reason;
    this.items = refused.items;
    this.calls = new int[items.size()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = refused.attempts(i);
    }
    this.doubted = refused.doubted;
    this.search = new Search(items.size(), share);
  }

  /// The group to send next.
  ///
  /// @param size as [Search#next] said; not 0
  Work<T> group(long number, int size, Nature<T> nature) {
    int from = search.from();
    List<Item<T>> group = items.subList(from, from + size);
    int[] earlier = Arrays.copyOfRange(calls, from, from + size);
    var work = new Work<>(number, group, nature.bytes(group), earlier);
    work.doubted = doubted;
    work.reason = reason;
    return work;
  }

  /// A group came back refused: its calls count for its items.
  void refused(Work<T> group) {
    for (int i = 0; i < group.size(); i++) {
      calls[search.from() + i] = group.attempts(i);
    }
  }

  /// What stands behind the group that was sent last; null if nothing does.
  @Nullable Work<T> behind() {
    int from = search.askedUntil();
    return from == items.size() ? null : from(from);
  }

  /// Everything not judged yet, as one group that is not sent any more.
  Work<T> rest() {
    return from(search.from());
  }

  private Work<T> from(int from) {
    var rest =
        new Work<>(
            0, items.subList(from, items.size()), 0, Arrays.copyOfRange(calls, from, items.size()));
    rest.doubted = doubted;
    rest.reason = reason;
    return rest;
  }
}
