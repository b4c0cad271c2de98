package dev.waybill.server.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// How long those have to wait who gave wrong tokens: nothing for the first few, then twice as long
/// each time.
///
/// Kept in memory, by process: a stranger shall not be able to make rows in the database, and a
/// token has 256 bits, so that a few more guesses by more processes are nothing. This spares the
/// server work, and the log noise.
final class SignInWaits {

  /// Wrong ones that cost nothing: people mistake lines when they copy.
  private static final int FREE = 4;

  private static final Duration FIRST = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofMinutes(15);

  /// Without a wrong one for so long, all is forgiven.
  private static final Duration FORGIVEN = Duration.ofHours(1);

  /// Beyond that many the one that was wrong longest ago is forgotten.
  private static final int MOST_KEPT = 10_000;

  // In the order in which they were wrong last.
  private final Map<String, Wrongs> wrongs = new LinkedHashMap<>(16, 0.75f, true);

  private record Wrongs(int count, Instant last) {

    Instant free() {
      if (count <= FREE) {
        return last;
      }
      int doublings = Math.min(count - FREE - 1, 20);
      Duration wait = FIRST.multipliedBy(1L << doublings);
      return last.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }
  }

  /// How long one of these names has to wait yet; zero for not at all.
  synchronized Duration left(Instant now, String... names) {
    Duration longest = Duration.ZERO;
    for (String name : names) {
      Wrongs before = wrongs.get(name);
      if (before != null && before.free().isAfter(now)) {
        Duration left = Duration.between(now, before.free());
        longest = left.compareTo(longest) > 0 ? left : longest;
      }
    }
    return longest;
  }

  /// Each of these names gave a wrong one.
  synchronized void wrong(Instant now, String... names) {
    for (String name : names) {
      Wrongs before = wrongs.get(name);
      int count = before == null || before.last().plus(FORGIVEN).isBefore(now) ? 0 : before.count();
      wrongs.put(name, new Wrongs(count + 1, now));
    }
    while (wrongs.size() > MOST_KEPT) {
      wrongs.remove(wrongs.keySet().iterator().next());
    }
  }
}
