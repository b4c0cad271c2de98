package dev.waybill.flow.books;

import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.Span;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Wanted;
import dev.waybill.json.Json;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.UnsentItems;
import dev.waybill.spi.Checkpoint;
import java.util.EnumSet;
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

  /// What is left of a run, but for that which another retry of it has taken up. Where the run's
  /// input broke off, what it never read is left with what it did not process.
  ///
  /// @param dispositions how the items that are wanted ended
  /// @param retry the retry that sends them; null if it is yet to begin. Only older ones count
  public static Leftovers of(
      Ledger ledger, RunRecord parent, Set<Disposition> dispositions, @Nullable String retry) {
    Ordinals wanted = ended(ledger, parent.id(), dispositions);
    if (dispositions.contains(Disposition.UNPROCESSED)) {
      wanted = wanted.and(neverRead(ledger, parent));
    }
    for (RunRecord sibling : ledger.lineage(parent.id()).retries()) {
      if (sibling.id().equals(retry)) {
        break;
      }
      wanted = wanted.without(settled(ledger, sibling)).without(neverRead(ledger, sibling));
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

  private static Ordinals settled(Ledger ledger, RunRecord run) {
    return ended(ledger, run.id(), EnumSet.allOf(Disposition.class));
  }

  /// What a run was to send, and did not read because its input broke off before.
  private static Ordinals neverRead(Ledger ledger, RunRecord run) {
    if (run.report() == null
        || !(Json.read(run.report()) instanceof Fields report)
        || report.get("unread") == null) {
      return new Ordinals();
    }
    return asked(ledger, run).behind(settled(ledger, run).last());
  }

  /// What a run was to send.
  private static Ordinals asked(Ledger ledger, RunRecord run) {
    StoredJob stored = StoredJob.read(Life.shortId(run.id()), run.header().job());
    String parent = run.header().parent();
    if (parent != null) {
      return of(ledger, ledger.find(parent), stored.again(), run.id()).wanted();
    }
    Job job = stored.job().job();
    return Ordinals.range(job.startAt(), Wanted.range(job.startAt(), job.limit()).last());
  }

  private static Ordinals doubted(Ledger ledger, RunRecord parent) {
    Set<Disposition> unknown = EnumSet.of(Disposition.UNKNOWN);
    Ordinals doubted = undelivered(ledger, parent.id(), unknown);
    for (RunRecord ancestor : ledger.lineage(parent.id()).ancestors()) {
      Ordinals more = undelivered(ledger, ancestor.id(), unknown).without(doubted);
      doubted = doubted.and(more);
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
