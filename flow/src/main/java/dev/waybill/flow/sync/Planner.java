package dev.waybill.flow.sync;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.flow.job.SyncRules;
import dev.waybill.flow.job.SyncRules.Bound;
import dev.waybill.flow.job.SyncRules.Limits;
import dev.waybill.flow.job.SyncRules.Mode;
import dev.waybill.flow.sync.Entry.Fitness;
import dev.waybill.ledger.AcceptedKey;
import dev.waybill.ledger.FailingKey;
import dev.waybill.ledger.FlowState;
import dev.waybill.ledger.FlowState.Detail;
import dev.waybill.ledger.Prints;
import dev.waybill.mapping.KeyText;
import dev.waybill.run.Supply;
import dev.waybill.spi.Intake;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Finds out what a run of a keyed flow is to do: reads the source once, compares it with the state
/// of its keys, and holds the result against the limits. See docs/design/sync.md.
public final class Planner {

  private Planner() {}

  /// The plan. No other run of the flow may be under way.
  ///
  /// @param records all records of the source, mapped and with their keys
  /// @param key the fields that make up the key
  /// @throws UserException if the source or the ledger can not be read, or a limit is passed
  public static Plan plan(
      Supply<Fields> records, List<String> key, FlowState state, SyncRules rules) {
    state.takeUp();
    var deletions = new Deletions(key);
    try (var reading = new Reading(key)) {
      while (records.next(reading)) {
        // the reading takes it
      }
      var comparison =
          new Comparison(
              rules, state.runs() + 1, reading.wanted, reading.keysUnknown > 0, deletions);
      Detail detail = rules.mode() == Mode.MIRROR ? Detail.KEYS : Detail.HASHES;
      try (Stream<AcceptedKey> accepted = state.accepted(detail);
          Stream<FailingKey> failing = state.failing()) {
        comparison.merge(reading.entries.inOrder(), accepted.iterator(), failing.iterator());
      }
      List<String> kinds = reading.kinds.isEmpty() ? state.kinds() : reading.kinds;
      deletions.complete(kinds, reading.last);
      PlanCounts counts = counts(reading, comparison);
      if (rules.limits() == Limits.HELD) {
        hold(rules.maxChanges(), counts.changed(), counts.known(), Limit.CHANGES);
        hold(rules.maxDeletes(), counts.deletes(), counts.known(), Limit.DELETES);
      }
      return new Plan(state, counts, comparison, kinds, deletions);
    } catch (RuntimeException | Error e) {
      deletions.close();
      throw e;
    }
  }

  private static PlanCounts counts(Reading reading, Comparison comparison) {
    return new PlanCounts(
        reading.read,
        comparison.known,
        comparison.unchanged,
        comparison.fresh,
        comparison.changed,
        comparison.again,
        comparison.doubtful,
        comparison.resent,
        comparison.deletes,
        comparison.heldBack,
        comparison.leftAlone,
        comparison.refused + reading.keyless,
        comparison.duplicateKeys,
        comparison.superseded,
        comparison.gone,
        comparison.withheld);
  }

  private enum Limit {
    CHANGES("have changed", "max-changes"),
    DELETES("are gone from the source and would be deleted", "max-deletes");

    private final String what;
    private final String option;

    Limit(String what, String option) {
      this.what = what;
      this.option = option;
    }
  }

  private static void hold(Bound bound, long count, long known, Limit limit) {
    if (bound.passedBy(count, known)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%,d of the %,d records that the destination has %s, more than --%s %s allows, so"
                  + " nothing was sent: look at the source, or allow it once by --override-limits.",
              count,
              known,
              limit.what,
              limit.option,
              bound.text()));
    }
  }

  /// Whether a key of several fields lacks one of them.
  static boolean lacks(String key, int fields) {
    return fields > 1 && key.contains("\\N") && KeyText.parts(key, fields).contains(null);
  }

  /// Takes the records of the first reading.
  private static final class Reading implements Intake<Fields>, AutoCloseable {

    private final List<String> key;
    private final Prints prints = new Prints();
    private final Entries entries = new Entries();
    private final BitSet wanted = new BitSet();
    private List<String> kinds = List.of();
    private long read;
    private long last;

    /// Records that can not be sent, because they have no key.
    private long keyless;

    /// Those of them that could not be read, so that nobody knows which key they have.
    private long keysUnknown;

    Reading(List<String> key) {
      this.key = key;
    }

    @Override
    public void accept(Item<Fields> item) {
      take(item);
      String text = item.key();
      if (text == null || lacks(text, key.size())) {
        keyless++;
        wanted.set((int) item.ordinal());
        return;
      }
      if (kinds.isEmpty()) {
        kinds = KeyKinds.of(item.payload(), key);
      }
      long fingerprint = prints.record(item.payload());
      entries.add(prints.key(text), fingerprint, item.ordinal(), Fitness.FIT);
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      take(item);
      if (item.key() == null || lacks(item.key(), key.size())) {
        keyless++;
        keysUnknown++;
        wanted.set((int) item.ordinal());
        return;
      }
      entries.add(prints.key(item.key()), 0, item.ordinal(), Fitness.REFUSED);
    }

    private void take(Item<Fields> item) {
      if (item.ordinal() > Integer.MAX_VALUE) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "A flow has at most %,d records, and there are more.",
                Integer.MAX_VALUE));
      }
      read++;
      last = item.ordinal();
    }

    @Override
    public void close() {
      entries.close();
    }
  }
}
