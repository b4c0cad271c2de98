package dev.waybill.server.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The service's tables. Safe for use by many threads and many processes at a time.
///
/// Whatever changes a thing takes it as it was read, and throws [StaleException] if it has changed
/// since. All methods throw [dev.waybill.UserException] if the database can not be read or written,
/// or if a query names a field that the list does not have.
public interface Catalog extends AutoCloseable {

  // Sandboxes

  /// The organisation's sandboxes; its first one is made when it is first asked for.
  List<Sandbox> sandboxes(String organisation);

  /// Makes a sandbox, or finds it.
  Sandbox sandbox(Tenant tenant);

  // Connections

  void add(SavedConnection connection);

  /// Writes `connection` in place of the version before it.
  void change(SavedConnection connection);

  void remove(SavedConnection connection);

  Optional<SavedConnection> connection(Tenant tenant, String id);

  Page<SavedConnection> connections(Tenant tenant, SavedConnection.Kind kind, Query query);

  // Flows

  void add(Flow flow);

  /// Writes `flow` in place of the version before it.
  void change(Flow flow);

  /// Removes a flow and its runs from the lists; the ledger keeps what became of records.
  void remove(Flow flow);

  Optional<Flow> flow(Tenant tenant, String id);

  /// Fields: `id`, `name`, `state`, `createdAt`, `updatedAt`.
  Page<Flow> flows(Tenant tenant, Query query);

  /// Those of the folder, of all tenants.
  List<Flow> folderFlows();

  /// The enabled flows whose time has come, with that time.
  List<Due> due(Instant now);

  /// A flow whose time has come.
  record Due(Flow flow, Instant at) {}

  /// Moves a flow's time on.
  ///
  /// @param next null for never
  /// @return whether this process did it, and so has to start the run
  boolean moveOn(Due due, @Nullable Instant next);

  // Runs

  /// Queues a run.
  ///
  /// @return it; or, if its parent has a retry that is not over, that one
  FlowRun enqueue(FlowRun run);

  Optional<FlowRun> run(Tenant tenant, String id);

  /// Fields: `id`, `flowId`, `createdAt`, `updatedAt`, `metrics.statusSummary.status`,
  /// `metrics.durationSummary.startedAtUTC`, `metrics.durationSummary.completedAtUTC`.
  Page<FlowRun> runs(Tenant tenant, Query query);

  long countRuns(Tenant tenant, Query query);

  /// The runs that are retries of it, the oldest first.
  List<FlowRun> retries(FlowRun run);

  /// Takes the oldest run that waits, of all tenants; it is running then.
  Optional<FlowRun> take(Instant now);

  /// The runs of all tenants that are not over.
  List<FlowRun> running();

  /// Writes counts, end and error of a run that this process works on. Nobody else does, so it is
  /// never stale.
  void update(FlowRun run);

  /// Asks whoever works on the run to end it.
  void cancel(FlowRun run);

  // What was watched

  /// Adds a sample; thins out the older ones so that there are never more than 600 of a run.
  void add(FlowRun run, Sample sample);

  List<Sample> samples(FlowRun run);

  /// Adds calls; drops old ones that went well beyond the latest 200, and failed ones beyond 1,000.
  void add(FlowRun run, List<CallRecord> calls);

  /// Latest first.
  ///
  /// @param after number of the call before which to begin; null for the latest
  Page<CallRecord> calls(FlowRun run, CallFilter filter, int limit, @Nullable String after);

  /// Which calls to list.
  enum CallFilter {
    ALL,
    FAILED
  }

  /// The calls that carried items between these ordinals, in the order in which they were made: of
  /// a refused batch, the tree of its parts.
  List<CallRecord> callsOver(FlowRun run, long first, long last, int limit);

  /// To be told after a run was added or changed by this process.
  void onRunChange(Consumer<FlowRun> listener);

  @Override
  void close();
}
