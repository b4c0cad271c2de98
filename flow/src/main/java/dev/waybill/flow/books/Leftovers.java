package dev.waybill.flow.books;

import dev.waybill.Disposition;
import dev.waybill.Span;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.UnsentItems;
import dev.waybill.spi.Checkpoint;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a retry sends of the run before it.
///
/// @param wanted the items
/// @param doubted those of which an earlier run could not say whether they arrived
/// @param from where the first of the wanted ones stands; null if that is not known
public record Leftovers(Ordinals wanted, Ordinals doubted, @Nullable Checkpoint from) {

  /// What is left of a run, but for that which another retry of it has taken up.
  ///
  /// @param dispositions how the items that are wanted ended
  /// @param retry the retry that sends them; null if it is yet to begin. Only older ones count
  public static Leftovers of(
      Ledger ledger, RunRecord parent, Set<Disposition> dispositions, @Nullable String retry) {
    Ordinals wanted = ended(ledger, parent.id(), dispositions);
    List<Ordinals> taken = taken(ledger, parent, retry);
    if (!taken.isEmpty()) {
      wanted = wanted.without(taken);
    }
    return new Leftovers(wanted, doubted(ledger, parent), first(ledger, parent, wanted));
  }

  /// The items of a run that ended in one of these ways, or, for `DELIVERED`, all that arrived.
  public static Ordinals ended(Ledger ledger, String run, Set<Disposition> dispositions) {
    Ordinals undelivered = undelivered(ledger, run, dispositions);
    if (!dispositions.contains(Disposition.DELIVERED)) {
      return undelivered;
    }
    try (Stream<Span> delivered = ledger.delivered(run)) {
      return Ordinals.of(delivered, undelivered.spans());
    }
  }

  private static Ordinals undelivered(Ledger ledger, String run, Set<Disposition> dispositions) {
    Set<Disposition> rows = EnumSet.noneOf(Disposition.class);
    rows.addAll(dispositions);
    rows.remove(Disposition.DELIVERED);
    if (rows.isEmpty()) {
      return new Ordinals();
    }
    boolean unsent = rows.contains(Disposition.UNPROCESSED);
    try (Stream<ItemRecord> items = ledger.items(run, rows);
        Stream<UnsentItems> ranges = unsent ? ledger.unsent(run) : Stream.empty()) {
      return Ordinals.of(
          items.map(item -> new Span(item.ordinal(), item.ordinal())),
          ranges.map(UnsentItems::span));
    }
  }

  private static List<Ordinals> taken(Ledger ledger, RunRecord parent, @Nullable String retry) {
    var taken = new ArrayList<Ordinals>();
    for (RunRecord sibling : ledger.lineage(parent.id()).retries()) {
      if (sibling.id().equals(retry)) {
        break;
      }
      taken.add(ended(ledger, sibling.id(), EnumSet.allOf(Disposition.class)));
    }
    return taken;
  }

  private static Ordinals doubted(Ledger ledger, RunRecord parent) {
    Set<Disposition> unknown = EnumSet.of(Disposition.UNKNOWN);
    Ordinals doubted = undelivered(ledger, parent.id(), unknown);
    for (RunRecord ancestor : ledger.lineage(parent.id()).ancestors()) {
      Ordinals more = undelivered(ledger, ancestor.id(), unknown).without(List.of(doubted));
      doubted = Ordinals.of(doubted.spans(), more.spans());
    }
    return doubted;
  }

  private static @Nullable Checkpoint first(Ledger ledger, RunRecord parent, Ordinals wanted) {
    if (wanted.isEmpty()) {
      return null;
    }
    Set<Disposition> rows = EnumSet.complementOf(EnumSet.of(Disposition.DELIVERED));
    try (Stream<ItemRecord> items = ledger.items(parent.id(), rows)) {
      Optional<ItemRecord> first =
          items.dropWhile(item -> item.ordinal() < wanted.first()).findFirst();
      ItemRecord.Place place = first.map(ItemRecord::place).orElse(null);
      return place == null || first.orElseThrow().ordinal() != wanted.first()
          ? null
          : new Checkpoint(wanted.first(), place.file(), place.line(), place.offset());
    }
  }
}
