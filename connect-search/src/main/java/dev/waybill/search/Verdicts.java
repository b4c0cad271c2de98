package dev.waybill.search;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the result of one document means.
///
/// @param versioned whether records carry versions of their own
/// @param idsAreGiven whether the index gives documents their ids
record Verdicts(Mode mode, boolean versioned, boolean idsAreGiven) {

  /// What may hold for all documents of a call alike, and is then said of the call.
  enum Standing {
    /// It holds for this document alone.
    OWN,
    /// The cluster has too much to do.
    BUSY,
    /// The cluster, or the part that it needs, can not write at present.
    AWAY,
    /// The user may not do this.
    FORBIDDEN,
    /// There is no such index, and none is made.
    NO_INDEX
  }

  /// A document's result.
  record Judged(Verdict verdict, Standing standing) {}

  /// Errors by which nothing was written: all else of 5xx is in doubt.
  private static final Set<String> NOT_WRITTEN =
      Set.of(
          "unavailable_shards_exception",
          "no_shard_available_action_exception",
          "master_not_discovered_exception",
          "cluster_manager_not_discovered_exception",
          "process_cluster_event_timeout_exception",
          "cluster_block_exception");

  private static final Judged UNMENTIONED =
      new Judged(
          new Verdict.InDoubt(Reason.of("the answer says nothing of this document")), Standing.OWN);

  /// @param item the member of `items`, such as `{"index":{"_id":"1","status":201}}`
  Judged of(@Nullable Object item) {
    if (!(item instanceof Fields action)
        || action.size() != 1
        || !(action.value(0) instanceof Fields result)
        || !(result.get("status") instanceof Number number)) {
      return UNMENTIONED;
    }
    int status = number.intValue();
    Object error = result.get("error");
    if (error == null) {
      // A delete of what is not there is 404 without an error.
      return status / 100 == 2 || (mode == Mode.DELETE && status == 404)
          ? own(accepted(result))
          : own(new Verdict.InDoubt(Reason.of(String.valueOf(status), "no reason is given")));
    }
    return failed(status, Answers.reason(error, String.valueOf(status)));
  }

  private Verdict accepted(Fields result) {
    String id = idsAreGiven ? result.text("_id") : null;
    return id == null || id.isEmpty() ? Verdict.Accepted.WITHOUT_ID : new Verdict.Accepted(id);
  }

  private Judged failed(int status, Reason reason) {
    String type = String.valueOf(reason.code());
    if (status == 409) {
      return own(new Verdict.Rejected(reason, conflict()));
    }
    if (status == 429) {
      return new Judged(new Verdict.Deferred(reason), Standing.BUSY);
    }
    if (NOT_WRITTEN.contains(type)) {
      return new Judged(new Verdict.Deferred(reason), Standing.AWAY);
    }
    if (status == 401 || status == 403) {
      return new Judged(new Verdict.Rejected(reason, Kind.PERMANENT), Standing.FORBIDDEN);
    }
    if (type.equals("index_not_found_exception")) {
      return new Judged(new Verdict.Rejected(reason, Kind.PERMANENT), Standing.NO_INDEX);
    }
    if (type.equals("index_closed_exception")) {
      return own(new Verdict.Rejected(reason, Kind.PASSING));
    }
    return own(
        status >= 500 ? new Verdict.InDoubt(reason) : new Verdict.Rejected(reason, Kind.PERMANENT));
  }

  /// A made document is there already; one with a version is older than what is there; an update
  /// met others again and again.
  private Kind conflict() {
    return switch (mode) {
      case INSERT -> Kind.DUPLICATE;
      case UPSERT -> versioned ? Kind.PERMANENT : Kind.PASSING;
      case UPDATE, DELETE -> Kind.PASSING;
    };
  }

  private static Judged own(Verdict verdict) {
    return new Judged(verdict, Standing.OWN);
  }
}
