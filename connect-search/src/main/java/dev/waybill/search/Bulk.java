package dev.waybill.search;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.search.Outcome.Answer;
import dev.waybill.search.Verdicts.Judged;
import dev.waybill.search.Verdicts.Standing;
import dev.waybill.spi.Template;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records of a batch on their way: those that can be sent make one request, the others have
/// their verdict already.
final class Bulk {

  private static final Reason NO_RESULTS =
      Reason.of("the server answered 200 without the result of each document");

  private final List<Entry> entries;
  private final int ready;

  private Bulk(List<Entry> entries) {
    this.entries = entries;
    this.ready = (int) entries.stream().filter(Entry.Ready.class::isInstance).count();
  }

  static Bulk of(List<Item<Fields>> items, EntryMaker maker) {
    var entries = new ArrayList<Entry>(items.size());
    for (Item<Fields> item : items) {
      entries.add(maker.of(item));
    }
    return new Bulk(entries);
  }

  /// Whether there is nothing to send.
  boolean isEmpty() {
    return ready == 0;
  }

  Call call(Target target) {
    var lines = new ByteArrayOutputStream(entries.stream().mapToInt(e -> (int) e.bytes()).sum());
    for (Entry entry : entries) {
      if (entry instanceof Entry.Ready document) {
        lines.writeBytes(document.lines());
      }
    }
    return new Call(
        "POST", target.bulkPath(), target.parameters(), Call.LINES, lines.toByteArray());
  }

  /// The reply if none of the records can be sent.
  Reply unsent() {
    return new Reply.Answered(verdicts(List.of()));
  }

  Reply reply(Answer answer, Answers answers, Verdicts table, Template index) {
    Reply whole = answers.whole(answer);
    if (whole != null) {
      return whole;
    }
    if (!(Answers.parsed(answer) instanceof Fields body)
        || !(body.get("items") instanceof List<?> results)) {
      return new Reply.InDoubt(NO_RESULTS);
    }
    var judged = new ArrayList<Judged>(ready);
    for (int i = 0; i < ready; i++) {
      judged.add(table.of(i < results.size() ? results.get(i) : null));
    }
    Reply common = common(judged, index);
    return common == null
        ? new Reply.Answered(verdicts(judged.stream().map(Judged::verdict).toList()))
        : common;
  }

  /// What holds for all documents alike, and so for the call; null if nothing does.
  private static @Nullable Reply common(List<Judged> judged, Template index) {
    Standing standing = judged.getFirst().standing();
    if (judged.stream().anyMatch(one -> one.standing() != standing)) {
      return null;
    }
    Reason reason =
        switch (judged.getFirst().verdict()) {
          case Verdict.Rejected rejected -> rejected.reason();
          case Verdict.Deferred deferred -> deferred.reason();
          case Verdict.InDoubt doubt -> doubt.reason();
          case Verdict.Accepted accepted -> NO_RESULTS;
        };
    return switch (standing) {
      case OWN -> null;
      case BUSY -> new Reply.Throttled(reason, null);
      case AWAY -> new Reply.Unavailable(reason);
      // Of one index among many, it is not the end of all.
      case FORBIDDEN, NO_INDEX -> index.isFixed() ? new Reply.Fatal(reason) : null;
    };
  }

  private List<Verdict> verdicts(List<Verdict> ofSent) {
    var all = new ArrayList<Verdict>(entries.size());
    int next = 0;
    for (Entry entry : entries) {
      all.add(
          switch (entry) {
            case Entry.Ready document -> ofSent.get(next++);
            case Entry.Unfit unfit -> unfit.verdict();
          });
    }
    return all;
  }

  /// Why records can not be sent, each reason once.
  List<String> complaints() {
    return entries.stream()
        .filter(Entry.Unfit.class::isInstance)
        .map(entry -> ((Entry.Unfit) entry).verdict().reason().toString())
        .distinct()
        .toList();
  }

  /// Where requests go.
  ///
  /// @param parameters those of `_bulk`
  record Target(Template index, Map<String, String> parameters) {

    /// @param pipeline the ingest pipeline; null for the index's own
    static Target of(
        Template index, String refresh, @Nullable String pipeline, boolean idsAreGiven) {
      var parameters = new LinkedHashMap<String, String>();
      if (pipeline != null) {
        parameters.put("pipeline", pipeline);
      }
      if (!refresh.equals("false")) {
        parameters.put("refresh", refresh);
      }
      // A full answer is longer than many a request.
      parameters.put(
          "filter_path", "items.*.status,items.*.error" + (idsAreGiven ? ",items.*._id" : ""));
      return new Target(index, parameters);
    }

    String bulkPath() {
      return index.isFixed() ? "/" + index.text() + "/_bulk" : "/_bulk";
    }
  }
}
