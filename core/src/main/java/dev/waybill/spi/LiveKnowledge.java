package dev.waybill.spi;

import dev.waybill.Span;
import java.util.List;
import java.util.Map;

/// What the ledger knows of where the records of a live source stand.
///
/// @param settled records that have come to their end, and may be handed over again
/// @param told up to where the far side was told, by partition. A source that hands over a record
///   from before that was set back, and nothing that is known of the partition counts any more
/// @param inDoubt where the items of calls stand whose outcome is not known
public record LiveKnowledge(
    List<Stretch> settled, Map<String, Position> told, List<Located> inDoubt) {

  /// Nothing.
  public static final LiveKnowledge NONE = new LiveKnowledge(List.of(), Map.of(), List.of());

  /// Items that follow each other in the run and in the source.
  ///
  /// @param number of the batch that carried them; not positive if that was one of an earlier run,
  ///   whose calls can not be made again
  /// @param ordinals theirs in the run
  /// @param first where the first one stands; the others follow without a gap
  public record Located(long number, Span ordinals, Position first) {

    /// Whether the very same call can be made again.
    public boolean isOfThisRun() {
      return number > 0;
    }

    /// Where the last one stands.
    public Position last() {
      return first.plus(ordinals.size() - 1);
    }
  }
}
