package dev.waybill.sim;

import dev.waybill.Fields;
import dev.waybill.sim.Behaviour.Keep;
import dev.waybill.sim.Behaviour.Writing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What really was applied, whatever the sender was told.
///
/// Exact, but for two limits: an item counts up to 255 times, and two keys whose 64-bit hashes are
/// the same count as one. Not safe for use by many threads at once; see [SimulatedService].
public final class GroundTruth {

  private final Keep keep;
  private final OrdinalCounts ordinals = new OrdinalCounts();
  private final KeyCounts keys = new KeyCounts();
  private final Map<String, StoredRecord> records = new LinkedHashMap<>();
  private final CallLog log = new CallLog();
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private long calls;
  private long received;
  private long applied;
  private long overwritten;
  private long repeated;
  private long outOfOrder;
  private long rejected;

  /// A record that is there.
  ///
  /// @param copies how many of it there are
  record StoredRecord(String key, String id, Fields fields, int copies) {}

  GroundTruth(Keep keep) {
    this.keep = keep;
  }

  /// Calls that came, whatever befell them.
  public long calls() {
    return calls;
  }

  /// Items in all calls.
  public long received() {
    return received;
  }

  /// Items that are there now, second copies included.
  public long applied() {
    return applied;
  }

  /// Applications that took the place of an item with the same key.
  public long overwritten() {
    return overwritten;
  }

  /// Second and further copies: applications of an item that was there already.
  public long repeated() {
    return repeated;
  }

  /// Applications of an item after a later one of the same key.
  public long outOfOrder() {
    return outOfOrder;
  }

  /// Verdicts that said no, deferrals not counted.
  public long rejected() {
    return rejected;
  }

  /// How many copies there are of the item with this place in its source.
  public int timesApplied(long ordinal) {
    return ordinals.get(ordinal);
  }

  /// How many copies there are with this key.
  public int timesApplied(String key) {
    return keys.get(Hash.of(key));
  }

  /// How many calls were befallen by this fault.
  public long count(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /// When the calls came, by the clock of whoever ran the simulation; at most the first million.
  public List<Duration> callTimes() {
    var times = new ArrayList<Duration>();
    log.forEach(call -> times.add(Duration.ofNanos(call.nanos())));
    return times;
  }

  /// The totals by name.
  public Map<String, Object> totals() {
    var totals = new LinkedHashMap<String, Object>();
    totals.put("calls", calls);
    totals.put("received", received);
    totals.put("applied", applied);
    totals.put("keys", keys.size());
    totals.put("repeated", repeated);
    totals.put("overwritten", overwritten);
    totals.put("outOfOrder", outOfOrder);
    totals.put("rejected", rejected);
    var byFault = new LinkedHashMap<String, Long>();
    faults.forEach(
        (fault, count) ->
            byFault.put(fault.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
    totals.put("faults", byFault);
    return totals;
  }

  void called(long now, int size, Fault fault, int appliedByIt) {
    calls++;
    received += size;
    if (fault != Fault.NONE) {
      faults.merge(fault, 1L, Long::sum);
    }
    if (keep != Keep.COUNTS) {
      log.add(new CallLog.Entry(now, size, fault, appliedByIt));
    }
  }

  void rejected(int count) {
    rejected += count;
  }

  /// Whether an item with this one's key is there; for items without a key, whether itself is.
  boolean has(@Nullable String key, long ordinal) {
    return key != null ? keys.get(Hash.of(key)) > 0 : ordinal > 0 && ordinals.get(ordinal) > 0;
  }

  /// Applies many items of which nothing is kept but their number.
  void applyUnseen(int count) {
    applied += count;
  }

  /// Applies an item, and returns which copy of it this is, from 1.
  int apply(Call call, int index, Writing writing) {
    if (keep == Keep.COUNTS) {
      applied++;
      return 1;
    }
    String key = call.key(index);
    long ordinal = call.ordinal(index);
    boolean replaces = writing == Writing.UPSERT && has(key, ordinal);
    int copiesBefore = 0;
    if (key != null) {
      long hash = Hash.of(key);
      copiesBefore = replaces ? 1 : keys.increment(hash);
      if (ordinal > 0 && keys.lastOrdinal(hash, ordinal) > ordinal) {
        outOfOrder++;
      }
    }
    if (ordinal > 0 && !(replaces && ordinals.get(ordinal) > 0)) {
      int before = ordinals.increment(ordinal);
      repeated += before > 0 ? 1 : 0;
      copiesBefore = key == null ? before : copiesBefore;
    } else if (ordinal == 0 && !replaces && copiesBefore > 0) {
      repeated++;
    }
    if (replaces) {
      overwritten++;
      return 1;
    }
    applied++;
    return copiesBefore + 1;
  }

  /// Takes away what has this key; whether there was any.
  boolean remove(String key) {
    int copies = keys.clear(Hash.of(key));
    applied -= copies;
    return records.remove(key) != null || copies > 0;
  }

  void store(String key, String id, Fields fields, int copies) {
    if (keep == Keep.RECORDS) {
      records.put(key, new StoredRecord(key, id, fields, copies));
    }
  }

  void overwritten(StoredRecord record) {
    overwritten++;
    records.put(record.key(), record);
  }

  /// The records that are there, by key, in the order in which they came; empty unless they are
  /// kept.
  Map<String, StoredRecord> records() {
    return Collections.unmodifiableMap(records);
  }
}
