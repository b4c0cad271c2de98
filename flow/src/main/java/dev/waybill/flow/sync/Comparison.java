package dev.waybill.flow.sync;

import dev.waybill.flow.job.SyncRules;
import dev.waybill.flow.job.SyncRules.Extent;
import dev.waybill.flow.job.SyncRules.Mode;
import dev.waybill.flow.job.SyncRules.Retry;
import dev.waybill.flow.sync.Entry.Fitness;
import dev.waybill.ledger.AcceptedKey;
import dev.waybill.ledger.FailingKey;
import dev.waybill.ledger.FailingKey.Doubt;
import dev.waybill.ledger.KeyHash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Merges the source's records with the state of the flow's keys, all in the order of the keys, and
/// decides for each key what is to be done.
final class Comparison {

  /// The longest wait of a record that is rejected again and again, as a power of two: 32 runs.
  private static final int LONGEST_WAIT = 5;

  private final SyncRules rules;
  private final long run;
  private final boolean withholdsDeletes;
  private final Deletions deletions;

  /// Ordinals, a bit each.
  final BitSet wanted;

  final BitSet doubted = new BitSet();
  final BitSet duplicates = new BitSet();
  final Set<KeyHash> twins = new HashSet<>();
  final List<KeyHash> healed = new ArrayList<>();

  long known;
  long unchanged;
  long fresh;
  long changed;
  long again;
  long doubtful;
  long resent;
  long deletes;
  long heldBack;
  long leftAlone;
  long refused;
  long duplicateKeys;
  long superseded;
  long gone;
  long withheld;

  private @Nullable KeyHash lastKey;

  /// @param run the number of the run that is planned, counted from 1
  /// @param wanted takes what is to be sent or reported
  /// @param withholdsDeletes whether there are records whose key is not known
  Comparison(
      SyncRules rules, long run, BitSet wanted, boolean withholdsDeletes, Deletions deletions) {
    this.rules = rules;
    this.run = run;
    this.wanted = wanted;
    this.withholdsDeletes = withholdsDeletes;
    this.deletions = deletions;
  }

  void merge(Iterator<Entry> source, Iterator<AcceptedKey> accepted, Iterator<FailingKey> failing) {
    var records = new Ahead<>(source, Entry::key);
    var acceptances = new Ahead<>(accepted, AcceptedKey::hash);
    var failures = new Ahead<>(failing, FailingKey::hash);
    var ofKey = new ArrayList<Entry>();
    while (true) {
      KeyHash key = least(least(records.key(), acceptances.key()), failures.key());
      if (key == null) {
        return;
      }
      ofKey.clear();
      for (Entry record = records.take(key); record != null; record = records.take(key)) {
        ofKey.add(record);
      }
      AcceptedKey acceptance = acceptances.take(key);
      FailingKey failure = failures.take(key);
      if (lastKey != null && lastKey.hash() == key.hash()) {
        twins.add(lastKey);
        twins.add(key);
      }
      lastKey = key;
      known += acceptance != null || inDoubt(failure) ? 1 : 0;
      if (ofKey.isEmpty()) {
        gone(key, acceptance, failure);
      } else {
        present(ofKey, acceptance, failure);
      }
    }
  }

  private static @Nullable KeyHash least(@Nullable KeyHash one, @Nullable KeyHash other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void present(
      List<Entry> records, @Nullable AcceptedKey acceptance, @Nullable FailingKey failure) {
    Entry record = records.getFirst();
    if (records.size() > 1) {
      duplicateKeys++;
      switch (rules.duplicates()) {
        case FIRST -> superseded += records.size() - 1;
        case LAST -> {
          superseded += records.size() - 1;
          record = records.getLast();
        }
        case REFUSE -> {
          refused += records.size();
          records.forEach(
              duplicate -> {
                mark(wanted, duplicate);
                mark(duplicates, duplicate);
              });
          return;
        }
      }
    }
    if (record.fitness() == Fitness.REFUSED) {
      refused++;
      mark(wanted, record);
      return;
    }
    decide(record, acceptance, failure);
  }

  private void decide(
      Entry record, @Nullable AcceptedKey acceptance, @Nullable FailingKey failure) {
    boolean same = acceptance != null && acceptance.fingerprint() == record.fingerprint();
    if (inDoubt(failure)) {
      doubtful++;
      mark(doubted, record);
    } else if (rules.extent() == Extent.ALL) {
      resent += same ? 1 : 0;
      changed += acceptance != null && !same ? 1 : 0;
      again += acceptance == null && failure != null ? 1 : 0;
      fresh += acceptance == null && failure == null ? 1 : 0;
    } else if (same) {
      unchanged++;
      if (failure != null) {
        healed.add(failure.hash());
      }
      return;
    } else if (acceptance != null && rules.mode() == Mode.CREATE) {
      leftAlone++;
      return;
    } else if (failure != null && isHeldBack(record, failure)) {
      heldBack++;
      return;
    } else if (failure != null) {
      again++;
    } else if (acceptance != null) {
      changed++;
    } else {
      fresh++;
    }
    mark(wanted, record);
  }

  private static boolean inDoubt(@Nullable FailingKey failure) {
    return failure != null && failure.doubt() == Doubt.MAY_BE_APPLIED;
  }

  private boolean isHeldBack(Entry record, FailingKey failure) {
    if (rules.retry() == Retry.EVERY_RUN || failure.fingerprint() != record.fingerprint()) {
      return false;
    }
    long wait = 1L << Math.min(failure.failures() - 1, LONGEST_WAIT);
    return run - failure.lastRun() < wait;
  }

  private void gone(KeyHash key, @Nullable AcceptedKey acceptance, @Nullable FailingKey failure) {
    boolean doubt = inDoubt(failure);
    String mayBeThere =
        acceptance != null ? acceptance.key() : failure != null && doubt ? failure.key() : null;
    if (rules.mode() == Mode.MIRROR && mayBeThere != null) {
      if (withholdsDeletes) {
        withheld++;
        return;
      }
      deletes++;
      deletions.add(mayBeThere);
      return;
    }
    gone += acceptance == null ? 0 : 1;
    if (failure != null && !doubt) {
      healed.add(key);
    }
  }

  private static void mark(BitSet set, Entry record) {
    set.set(Math.toIntExact(record.ordinal()));
  }

  /// What comes one after the other in the order of keys, and can be looked at before it is taken.
  private static final class Ahead<T> {

    private final Iterator<T> rest;
    private final Function<T, KeyHash> keyOf;
    private @Nullable T next;
    private @Nullable KeyHash key;

    Ahead(Iterator<T> rest, Function<T, KeyHash> keyOf) {
      this.rest = rest;
      this.keyOf = keyOf;
      step();
    }

    private void step() {
      if (rest.hasNext()) {
        T value = rest.next();
        next = value;
        key = keyOf.apply(value);
      } else {
        next = null;
        key = null;
      }
    }

    /// The key of the next one; null if there is none.
    @Nullable KeyHash key() {
      return key;
    }

    /// The next one, if it has this key.
    @Nullable T take(KeyHash wanted) {
      if (key == null || !key.equals(wanted)) {
        return null;
      }
      T taken = next;
      step();
      return taken;
    }
  }
}
