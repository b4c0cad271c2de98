package dev.waybill.server.page.view;

import dev.waybill.UserException;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.spi.Option;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the editor's form. Safe for use by many threads.
public final class EditorViews {

  private final Connectors connectors;
  private final List<EditorView.Kind> formats;
  private final List<EditorView.Kind> destinations;

  public EditorViews(Connectors connectors) {
    this.connectors = connectors;
    formats =
        connectors.sources().stream()
            .map(source -> new EditorView.Kind(source.name(), source.summary()))
            .sorted(Comparator.comparing(EditorView.Kind::name))
            .toList();
    destinations =
        connectors.destinations().stream()
            .map(to -> new EditorView.Kind(String.join(", ", to.schemes()), to.summary()))
            .sorted(Comparator.comparing(EditorView.Kind::name))
            .toList();
  }

  /// The form with this draft in it.
  public EditorView of(
      @Nullable String id,
      long version,
      Draft draft,
      EditorView.@Nullable Trouble trouble,
      EditorView.@Nullable Check check) {
    var job = new DraftJob(draft, connectors);
    return new EditorView(
        id,
        version,
        draft,
        formats,
        destinations,
        help(draft.field("to")),
        fields("source.option.", job.sourceOptions(), draft),
        fields("destination.option.", job.destinationOptions(), draft),
        settings(JobKey.Section.POLICY, draft),
        settings(JobKey.Section.SYNC, draft),
        settings(JobKey.Section.LIVE, draft),
        trouble,
        check);
  }

  private String help(String to) {
    if (to.isBlank()) {
      return "Begins with what kind it is, as in https://…, postgresql://… or sqlite:file.db.";
    }
    try {
      return connectors.destination(to.strip()).summary();
    } catch (UserException e) {
      return "There is no such kind of destination; see the list below.";
    }
  }

  private static List<EditorView.Field> fields(String prefix, List<Option> options, Draft draft) {
    return options.stream()
        .map(
            option ->
                new EditorView.Field(
                    prefix + option.name(),
                    option.name(),
                    draft.field(prefix + option.name()),
                    option.defaultValue() == null ? "" : option.defaultValue(),
                    option.description(),
                    option.kind() == Option.Kind.SECRET))
        // Those that were given stand first, in view.
        .sorted(Comparator.comparing((EditorView.Field field) -> !field.isGiven()))
        .toList();
  }

  private static List<EditorView.Field> settings(JobKey.Section section, Draft draft) {
    return section.settings().stream()
        .map(
            key ->
                new EditorView.Field(
                    Draft.name(key), key.key(), draft.field(Draft.name(key)), "", help(key), false))
        .toList();
  }

  private static String help(JobKey key) {
    return switch (key) {
      case BATCH_SIZE -> "Most records in a call; the destination suggests one.";
      case CONCURRENCY -> "Most calls under way at a time.";
      case RATE -> "Most calls in a second; 0 is unlimited.";
      case ITEM_RATE -> "Most records in a second; 0 is unlimited.";
      case MAX_ATTEMPTS -> "In how many calls a record is sent at most.";
      case FAIL_AFTER -> "Give up after so many rejected records: 500, or 10%.";
      case MAX_FAILED_CALLS -> "Give up after so many failed calls in a row.";
      case DEADLINE -> "Give up after this time: 30m, 2h.";
      case PATIENCE -> "Give up when nothing was settled for this time.";
      case ORDER -> "none, or per-key: records of one key stay in order.";
      case MODE -> "upsert, mirror, create, update or append; empty: every run sends all records.";
      case DUPLICATES -> "Which record of a key counts: last, first, or refuse.";
      case RETRY -> "When a rejected record is sent again: every-run, or backoff.";
      case MAX_CHANGES -> "Send nothing if more changed: 500, or 10%.";
      case MAX_DELETES -> "Delete nothing if more left the source: 500, or 10%.";
      case OVERRIDE_LIMITS -> "true to go beyond these two.";
      case FULL -> "true to send all records once more.";
      case FLOW -> "The name of what is remembered; empty for one of its own.";
      case WRITE_BACK -> "A table of the source's database that takes what became of records.";
      case LIVE_FLOW -> "The name of what is remembered; empty for one of its own.";
      case PARK_AFTER -> "How long a record of a live source is tried before it is parked: 10m.";
      case LINGER -> "How long a record of a live source waits for its batch to fill: 100ms.";
      case DELETES -> "Whether deletions of a live source are applied: apply or ignore.";
      case FORMAT, START_AT, LIMIT, TO, OUT -> "";
    };
  }
}
