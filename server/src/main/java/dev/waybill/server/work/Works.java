package dev.waybill.server.work;

import dev.waybill.Disposition;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.run.LiveStanding;
import dev.waybill.run.ReasonDigest;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Tenant;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the rooms above can have done, and can ask. Safe for use by many threads.
public interface Works {

  /// Queues a run of a flow.
  ///
  /// @param by for `createdBy`
  /// @param client for `createdClient`
  /// @throws dev.waybill.UserException if the flow is disabled or a run of it is not over
  FlowRun start(Flow flow, FlowRun.Trigger trigger, String by, String client);

  /// Queues a run that sends what another one did not deliver. The same request twice gives the
  /// same run.
  ///
  /// @throws dev.waybill.UserException if the run is not to be triggered again; says why
  FlowRun retrigger(FlowRun run, String by, String client);

  /// Ends a run that is not over: what waits is not begun, what is under way is waited for, and
  /// what is left is unprocessed.
  ///
  /// @throws dev.waybill.UserException if it is over
  void cancel(FlowRun run);

  /// The run as it stands at this moment, counts included.
  Optional<FlowRun> look(Tenant tenant, String id);

  /// How a run of a live flow stands towards its source; empty for other runs, and for those of
  /// other processes.
  default Optional<LiveStanding> standing(FlowRun run) {
    return Optional.empty();
  }

  /// Why its records were not delivered, the commonest reason first; while it runs as of the last
  /// seconds.
  List<ReasonDigest.Group> reasons(FlowRun run);

  /// Why records of the flow fail now, and failed in its latest 50 runs that are over, with when
  /// that was met first and last.
  List<FlowReason> reasons(Flow flow);

  /// Its records that were not delivered, in the source's order.
  ///
  /// @param code only those whose reason has this code; null for all
  /// @param text only those whose reason's message contains it; null for all
  /// @param after the [Page#next] of the page before; null for the first
  Page<ItemRecord> records(
      FlowRun run,
      Set<Disposition> dispositions,
      @Nullable String code,
      @Nullable String text,
      int limit,
      @Nullable String after);

  /// The source's rows of some records as texts by column, for showing which value was at fault;
  /// empty where the source can not be read again.
  List<Row> rows(FlowRun run, List<Long> ordinals);

  /// A record of the source.
  record Row(long ordinal, List<String> columns, List<String> values) {}

  /// A file that the run left; empty if it left none of this kind (yet).
  Optional<Path> artifact(FlowRun run, Artifact kind);

  /// The files that runs leave.
  enum Artifact {
    SUCCESS,
    FAIL,
    RETRY
  }

  /// Holds a job against its source and destination without sending anything.
  ///
  /// @param job a job as JSON, or YAML
  /// @return the first call as it would be made, and what else is to be known
  /// @throws dev.waybill.UserException if the job is wrong; says where
  Check check(Tenant tenant, String job);

  /// What a check found.
  ///
  /// @param columns the source's columns
  /// @param call the first call as text
  record Check(List<String> notes, List<String> columns, String call) {}
}
