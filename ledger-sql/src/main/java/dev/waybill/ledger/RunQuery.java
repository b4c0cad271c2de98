package dev.waybill.ledger;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which runs to list: `RunQuery.newest(20).ofFlow("contacts").in(RunStatus.INTERRUPTED)`.
///
/// @param limit most runs to list, at least 1
/// @param flow the flow whose runs are wanted; null for all
/// @param statuses how they stand
public record RunQuery(int limit, @Nullable String flow, Set<RunStatus> statuses) {

  public RunQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("at least one run is listed, not " + limit);
    }
  }

  /// The latest runs of all flows, however they stand.
  public static RunQuery newest(int limit) {
    return new RunQuery(limit, null, EnumSet.allOf(RunStatus.class));
  }

  /// Those of one flow only.
  public RunQuery ofFlow(String name) {
    return new RunQuery(limit, name, statuses);
  }

  /// Those only that stand so.
  public RunQuery in(RunStatus first, RunStatus... others) {
    return new RunQuery(limit, flow, EnumSet.of(first, others));
  }
}
