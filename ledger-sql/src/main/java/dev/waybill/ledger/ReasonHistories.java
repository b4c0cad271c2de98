package dev.waybill.ledger;

import dev.waybill.Disposition;
import dev.waybill.run.ReasonDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reckons up what was met when. Bounded in memory, however much it was.
final class ReasonHistories {

  private static final int MOST = 200;
  private static final int MOST_EXAMPLES = 3;
  private static final String OTHERS = "other reasons";

  private record Likeness(Disposition disposition, @Nullable String code, String pattern) {}

  private static final class Seen {
    private long count;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private @Nullable String lastRun;
    private final List<ReasonDigest.Example> examples = new ArrayList<>(MOST_EXAMPLES);
  }

  private final Map<Likeness, Seen> all = new HashMap<>();

  /// What the items of one run met.
  void add(ReasonDigest.Group group, Instant at, String run) {
    Seen seen = seen(new Likeness(group.disposition(), group.code(), group.pattern()));
    seen.count += group.count();
    if (seen.last.isBefore(at)) {
      seen.lastRun = run;
      seen.examples.clear();
      seen.examples.addAll(group.examples());
    }
    between(seen, at, at);
  }

  /// What the record of one key met.
  void add(FailingKey key) {
    Disposition disposition =
        switch (key.doubt()) {
          case NONE -> Disposition.REJECTED;
          case MAY_BE_APPLIED -> Disposition.UNKNOWN;
        };
    String message = key.reason().message();
    Seen seen = seen(new Likeness(disposition, key.reason().code(), ReasonDigest.pattern(message)));
    seen.count++;
    if (seen.examples.size() < MOST_EXAMPLES) {
      seen.examples.add(new ReasonDigest.Example(0, 0, key.key(), message));
    }
    between(seen, key.firstAt(), key.lastAt());
  }

  private Seen seen(Likeness likeness) {
    Likeness known =
        all.size() < MOST || all.containsKey(likeness)
            ? likeness
            : new Likeness(likeness.disposition(), null, OTHERS);
    return all.computeIfAbsent(known, unseen -> new Seen());
  }

  private static void between(Seen seen, Instant first, Instant last) {
    seen.first = seen.first.isBefore(first) ? seen.first : first;
    seen.last = seen.last.isAfter(last) ? seen.last : last;
  }

  /// The commonest first.
  List<ReasonHistory> all() {
    return all.entrySet().stream()
        .map(
            entry ->
                new ReasonHistory(
                    entry.getKey().disposition(),
                    entry.getKey().code(),
                    entry.getKey().pattern(),
                    entry.getValue().count,
                    entry.getValue().first,
                    entry.getValue().last,
                    entry.getValue().lastRun,
                    List.copyOf(entry.getValue().examples)))
        .sorted(
            Comparator.comparingLong(ReasonHistory::count)
                .reversed()
                .thenComparing(ReasonHistory::pattern))
        .toList();
  }
}
