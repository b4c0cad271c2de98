package dev.waybill.flow.sync;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.ledger.FlowState;
import dev.waybill.ledger.KeyHash;
import dev.waybill.ledger.KeyedWriting;
import dev.waybill.ledger.RunJournal;
import dev.waybill.run.Supply;
import dev.waybill.spi.Intake;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/// What a run of a keyed flow is to do. To be closed when it is done.
public final class Plan implements AutoCloseable {

  private final FlowState state;
  private final PlanCounts counts;
  private final BitSet wanted;
  private final BitSet doubted;
  private final BitSet duplicates;
  private final Set<KeyHash> twins;
  private final List<KeyHash> healed;
  private final List<String> kinds;
  private final Deletions deletions;

  Plan(
      FlowState state,
      PlanCounts counts,
      Comparison comparison,
      List<String> kinds,
      Deletions deletions) {
    this.state = state;
    this.counts = counts;
    this.wanted = comparison.wanted;
    this.doubted = comparison.doubted;
    this.duplicates = comparison.duplicates;
    this.twins = Set.copyOf(comparison.twins);
    this.healed = comparison.healed;
    this.kinds = kinds;
    this.deletions = deletions;
  }

  public PlanCounts counts() {
    return counts;
  }

  /// The flow's name.
  public String flow() {
    return state.flow().name();
  }

  /// Whether the record with this number is to be sent, or its refusal reported.
  public boolean wants(long ordinal) {
    return ordinal <= Integer.MAX_VALUE && wanted.get((int) ordinal);
  }

  /// The number of the last record that is wanted; 0 if none is.
  public long lastWanted() {
    return wanted.length() - 1L;
  }

  /// Whether an earlier run left this item in doubt.
  public boolean doubted(Item<Fields> item) {
    return doubted.get((int) Math.min(Integer.MAX_VALUE, item.ordinal()));
  }

  /// The same records, without those that have no key, or one that others have too.
  ///
  /// @param wantedRecords the records that are wanted, read once more
  public Supply<Fields> sendable(Supply<Fields> wantedRecords) {
    return intake -> wantedRecords.next(new Gate(intake));
  }

  /// What is to be deleted, as items with the fields of the key.
  public Supply<Fields> deletions() {
    return deletions;
  }

  /// Writes down that the run begins, and lets what becomes of its keys be written with its
  /// journal.
  ///
  /// @param run its id
  public KeyedWriting begin(String run, RunJournal<Fields> journal) {
    state.begin(run, kinds);
    state.forget(healed);
    return journal.follow(state, twins);
  }

  @Override
  public void close() {
    deletions.close();
  }

  private final class Gate implements Intake<Fields> {

    private final Intake<Fields> next;

    Gate(Intake<Fields> next) {
      this.next = next;
    }

    @Override
    public void accept(Item<Fields> item) {
      String key = item.key();
      if (key == null || Planner.lacks(key, state.flow().key().size())) {
        next.refuse(
            item,
            Reason.of(
                "no_key",
                "the record has no value for its key ("
                    + String.join(", ", state.flow().key())
                    + ")"));
      } else if (duplicates.get((int) item.ordinal())) {
        next.refuse(
            item,
            Reason.of("duplicate_key", "several records of the source have the key '" + key + "'"));
      } else {
        next.accept(item);
      }
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      next.refuse(item, reason);
    }
  }
}
