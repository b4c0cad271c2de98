package dev.waybill.run;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Groups the reasons of undelivered items by likeness: two that differ only in quoted values and
/// numbers are one. Bounded in memory, however many items fail.
public final class ReasonDigest {

  private static final int MOST_GROUPS = 200;
  private static final int MOST_EXAMPLES = 3;
  private static final Pattern VALUES = Pattern.compile("'[^']*'|\"[^\"]*\"|-?\\d[\\d,.]*");
  private static final String OTHERS = "other reasons";

  /// One group of like reasons.
  ///
  /// @param disposition how these items ended
  /// @param code the destination's code, if it has one
  /// @param pattern the message with its values left out: `email '…' is there already`
  /// @param count how many items
  /// @param examples some of the items, the first ones
  public record Group(
      Disposition disposition,
      @Nullable String code,
      String pattern,
      long count,
      List<Example> examples) {}

  /// One item of a group.
  ///
  /// @param ordinal its number in the source
  /// @param line its line in the source; 0 if the source has none
  /// @param key its key, if it has one
  /// @param message the reason in full
  public record Example(long ordinal, long line, @Nullable String key, String message) {}

  private record Likeness(Disposition disposition, @Nullable String code, String pattern) {}

  private static final class Counted {
    private long count;
    private final List<Example> examples = new ArrayList<>(MOST_EXAMPLES);
  }

  private final Map<Likeness, Counted> groups = new HashMap<>();
  private @Nullable Reason lastReason;
  private @Nullable Counted last;
  private @Nullable Disposition lastDisposition;

  /// A message with its quoted values and numbers left out, by which like ones are known: `email
  /// 'a@b.c' is there already` becomes `email … is there already`.
  public static String pattern(String message) {
    return VALUES.matcher(message).replaceAll("…");
  }

  /// Counts these items, if they were not delivered.
  public void add(Settlement<?> settlement) {
    Reason reason = settlement.reason();
    if (settlement.disposition() == Disposition.DELIVERED || reason == null) {
      return;
    }
    Counted group = group(settlement.disposition(), reason);
    group.count += settlement.items().size();
    for (Item<?> item : settlement.items()) {
      if (group.examples.size() == MOST_EXAMPLES) {
        break;
      }
      group.examples.add(
          new Example(
              item.ordinal(),
              item.origin() == null ? 0 : item.origin().line(),
              item.key(),
              reason.message()));
    }
  }

  private Counted group(Disposition disposition, Reason reason) {
    if (last != null && reason.equals(lastReason) && disposition == lastDisposition) {
      return last;
    }
    var likeness = new Likeness(disposition, reason.code(), pattern(reason.message()));
    if (groups.size() >= MOST_GROUPS && !groups.containsKey(likeness)) {
      likeness = new Likeness(disposition, null, OTHERS);
    }
    Counted group = groups.computeIfAbsent(likeness, unseen -> new Counted());
    last = group;
    lastReason = reason;
    lastDisposition = disposition;
    return group;
  }

  /// The groups, the largest first.
  public List<Group> groups() {
    return groups.entrySet().stream()
        .map(
            entry ->
                new Group(
                    entry.getKey().disposition(),
                    entry.getKey().code(),
                    entry.getKey().pattern(),
                    entry.getValue().count,
                    List.copyOf(entry.getValue().examples)))
        .sorted(Comparator.comparingLong(Group::count).reversed().thenComparing(Group::pattern))
        .toList();
  }
}
