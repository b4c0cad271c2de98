package dev.waybill.spi;

import dev.waybill.Span;
import dev.waybill.Spans;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the ledger knows of a run that did not come to its end.
///
/// @param settled the items that came to their end
/// @param inDoubt the items of calls whose outcome is not known, by batch number; some of them may
///   be settled
/// @param lastNumber the last batch number that was used
/// @param from a record from which on the source is to be read: none before it is open; null for
///   the source's beginning
/// @param live what is known of a live source; of other sources [LiveKnowledge#NONE]
public record Recovery(
    Spans settled,
    Map<Long, List<Span>> inDoubt,
    long lastNumber,
    @Nullable Checkpoint from,
    LiveKnowledge live) {

  /// What is known of a run whose source is not live.
  public Recovery(
      Spans settled, Map<Long, List<Span>> inDoubt, long lastNumber, @Nullable Checkpoint from) {
    this(settled, inDoubt, lastNumber, from, LiveKnowledge.NONE);
  }

  /// The last ordinal of which something is known; 0 if there is none. What comes behind it was
  /// never touched.
  public long lastKnown() {
    List<Span> known = settled.asList();
    long last = known.isEmpty() ? 0 : known.getLast().last();
    for (List<Span> spans : inDoubt.values()) {
      for (Span span : spans) {
        last = Math.max(last, span.last());
      }
    }
    for (LiveKnowledge.Located some : live.inDoubt()) {
      last = Math.max(last, some.ordinals().last());
    }
    return last;
  }

  /// Nothing was done yet.
  public static Recovery none() {
    return new Recovery(new Spans(), Map.of(), 0, null);
  }
}
