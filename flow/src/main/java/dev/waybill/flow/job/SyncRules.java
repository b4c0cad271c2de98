package dev.waybill.flow.job;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// By which rules a keyed flow is run.
///
/// @param flow the name of its state in the ledger; null for that of the source
/// @param maxChanges how many records that are there may change in a run
/// @param maxDeletes how many may be deleted in a run
/// @param writeBack the table of the source's database that takes the dispositions; null for none
public record SyncRules(
    @Nullable String flow,
    Mode mode,
    Duplicates duplicates,
    Retry retry,
    Bound maxChanges,
    Bound maxDeletes,
    Limits limits,
    Extent extent,
    @Nullable String writeBack) {

  /// What is done at the destination.
  public enum Mode {
    /// A record is made, or takes the place of the one with its key.
    UPSERT,
    /// The same, and what left the source is deleted.
    MIRROR,
    /// A record is made; one that was accepted is never sent again.
    CREATE,
    /// A record that is there is changed; one that is not is rejected.
    UPDATE,
    /// Each version of a record is one more record.
    APPEND
  }

  /// Which one counts of several records with the same key.
  public enum Duplicates {
    LAST,
    FIRST,
    /// None: all are rejected.
    REFUSE
  }

  /// When a record is sent again that was rejected and has not changed.
  public enum Retry {
    EVERY_RUN,
    /// After 1, 2, 4 … runs, 32 at the most.
    BACKOFF
  }

  /// Whether limits on changes hold.
  public enum Limits {
    HELD,
    OVERRIDDEN
  }

  /// What is sent.
  public enum Extent {
    CHANGES,
    ALL
  }

  /// Above which count, or share, it is too much.
  ///
  /// @param text `500`, or `10%`
  public record Bound(String text) {

    /// No bound.
    public static final Bound NONE = new Bound("100%");

    /// Whether so many of all of them are too many.
    public boolean passedBy(long count, long all) {
      return text.endsWith("%") ? count > Form.share(text) * all : count > Long.parseLong(text);
    }
  }

  static SyncRules of(Map<JobKey, String> settings) {
    return new SyncRules(
        settings.get(JobKey.FLOW),
        choice(Mode.class, settings.getOrDefault(JobKey.MODE, "upsert")),
        choice(Duplicates.class, settings.getOrDefault(JobKey.DUPLICATES, "last")),
        choice(Retry.class, settings.getOrDefault(JobKey.RETRY, "every-run")),
        new Bound(settings.getOrDefault(JobKey.MAX_CHANGES, Bound.NONE.text())),
        // A source that is empty by mistake must not empty the destination.
        new Bound(settings.getOrDefault(JobKey.MAX_DELETES, "50%")),
        isOn(settings, JobKey.OVERRIDE_LIMITS) ? Limits.OVERRIDDEN : Limits.HELD,
        isOn(settings, JobKey.FULL) ? Extent.ALL : Extent.CHANGES,
        settings.get(JobKey.WRITE_BACK));
  }

  private static boolean isOn(Map<JobKey, String> settings, JobKey key) {
    return "true".equals(settings.get(key));
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
