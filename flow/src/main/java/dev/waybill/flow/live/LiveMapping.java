package dev.waybill.flow.live;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.flow.books.DeletionMark;
import dev.waybill.mapping.Mapping;
import dev.waybill.spi.Intake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stands between a live source and the run: tells deletions from records, and maps both. For one
/// thread.
final class LiveMapping implements Intake<Fields> {

  /// What becomes of deletions.
  sealed interface Deletes {

    record Apply() implements Deletes {}

    /// The destination can not, or there is no key to tell which record.
    record Refuse(Reason reason) implements Deletes {}

    record Ignore() implements Deletes {}
  }

  private final List<String> key;
  private final Deletes deletes;
  private final Intake<Fields> mapped;
  private final Intake<Fields> next;
  private boolean deleting;
  private @Nullable FieldNames lastNames;
  private int lastMark = -1;

  LiveMapping(Mapping mapping, List<String> key, Deletes deletes, Intake<Fields> next) {
    this.key = key;
    this.deletes = deletes;
    this.next = next;
    this.mapped = mapping.over(new Exit());
  }

  @Override
  public void accept(Item<Fields> item) {
    int mark = mark(item.payload().names());
    if (mark < 0) {
      deleting = false;
      mapped.accept(item);
      return;
    }
    deleting = DeletionMark.isSet(item.payload(), mark);
    Item<Fields> unmarked = item.as(item.key(), DeletionMark.without(item.payload(), mark));
    if (!deleting) {
      mapped.accept(unmarked);
      return;
    }
    switch (deletes) {
      case Deletes.Apply apply -> mapped.accept(unmarked);
      case Deletes.Refuse(Reason reason) -> mapped.refuse(unmarked, reason);
      case Deletes.Ignore ignore -> {}
    }
  }

  @Override
  public void refuse(Item<Fields> item, Reason reason) {
    mapped.refuse(item, reason);
  }

  @SuppressWarnings("ReferenceEquality") // Records of one shape share their names, mostly.
  private int mark(FieldNames names) {
    if (names != lastNames) {
      lastNames = names;
      lastMark = DeletionMark.in(names);
    }
    return lastMark;
  }

  private final class Exit implements Intake<Fields> {

    private final FieldNames keyNames = FieldNames.of(key);

    @Override
    public void accept(Item<Fields> item) {
      if (!deleting) {
        next.accept(item);
        return;
      }
      @Nullable Object[] values = new Object[keyNames.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = item.payload().get(keyNames.name(i));
        if (values[i] == null) {
          refuse(
              item,
              Reason.of("no_key", "the deletion does not say its '" + keyNames.name(i) + "'"));
          return;
        }
      }
      next.accept(item.as(item.key(), Fields.of(keyNames, values)).prepared(Mark.DELETION));
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      next.refuse(item, reason);
    }
  }
}
