package dev.waybill.flow.sync;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A destination that writes and deletes by key, and misbehaves; and what it really has.
final class KeyedService {

  private static final Reason NO = Reason.of("422", "the value is bad");
  private static final Reason LOST = Reason.of("the connection broke");

  final Map<String, String> records = new HashMap<>();

  /// What the state durably calls accepted, and has not been touched since.
  final Map<String, String> accepted = new HashMap<>();

  long sent;
  private final SplittableRandom random;
  private final boolean refusesWholeBatches;
  private double trouble;
  private boolean acceptsAll;

  KeyedService(SplittableRandom random) {
    this.random = random;
    this.refusesWholeBatches = random.nextBoolean();
    this.trouble = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.4;
  }

  /// From now on all is accepted at once.
  void behave() {
    trouble = 0;
    acceptsAll = true;
  }

  private boolean isBad(Item<Fields> item) {
    return !acceptsAll && value(item).startsWith("bad");
  }

  /// The ledger is told that these records are about to be written.
  void announced(Batch<Fields> batch) {
    for (Item<Fields> item : batch.items()) {
      String key = String.valueOf(item.key());
      if (value(item).equals(accepted.remove(key))) {
        throw new AssertionError(key + " is sent once more, as " + value(item) + ", unchanged");
      }
    }
  }

  /// The ledger is told that these records are about to be deleted.
  void announcedAsDeleted(Batch<Fields> batch) {
    batch.items().forEach(item -> accepted.remove(String.valueOf(item.key())));
  }

  Reply write(Batch<Fields> batch) {
    sent += batch.size();
    if (random.nextDouble() < trouble) {
      return fault(batch);
    }
    List<Integer> bad = bad(batch);
    if (!bad.isEmpty() && refusesWholeBatches) {
      return new Reply.Refused(NO, random.nextBoolean() ? bad : List.of());
    }
    var verdicts = new ArrayList<Verdict>();
    for (Item<Fields> item : batch.items()) {
      if (isBad(item)) {
        verdicts.add(new Verdict.Rejected(NO, Kind.PERMANENT));
      } else {
        apply(item);
        verdicts.add(Verdict.Accepted.WITHOUT_ID);
      }
    }
    return new Reply.Answered(verdicts);
  }

  private Reply fault(Batch<Fields> batch) {
    return switch (random.nextInt(4)) {
      case 0 -> new Reply.Throttled(Reason.of("429", "later"), Duration.ofSeconds(1));
      case 1 -> new Reply.Unavailable(Reason.of("503", "down"));
      case 2 -> {
        batch.items().stream().filter(item -> !isBad(item)).forEach(this::apply);
        yield new Reply.InDoubt(LOST);
      }
      default -> new Reply.InDoubt(LOST);
    };
  }

  private List<Integer> bad(Batch<Fields> batch) {
    var bad = new ArrayList<Integer>();
    for (int i = 0; i < batch.size(); i++) {
      if (isBad(batch.items().get(i))) {
        bad.add(i);
      }
    }
    return bad;
  }

  private void apply(Item<Fields> item) {
    records.put(String.valueOf(item.key()), value(item));
  }

  Reply delete(Batch<Fields> batch) {
    sent += batch.size();
    boolean fails = random.nextDouble() < trouble;
    if (!fails || random.nextBoolean()) {
      batch.items().forEach(item -> records.remove(String.valueOf(item.key())));
    }
    return fails ? new Reply.InDoubt(LOST) : Reply.accepted(batch.size());
  }

  static String value(Item<Fields> item) {
    return String.valueOf(item.payload().text("value"));
  }
}
