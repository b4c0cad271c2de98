package dev.waybill.server.catalog;

import java.time.Duration;
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
public interface Catalog {

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

  /// Fields: `id`, `name`, `connectionSpec.id`, `state`, `createdAt`, `updatedAt`.
  Page<SavedConnection> connections(Tenant tenant, SavedConnection.Kind kind, Query query);

  // Flows

  void add(Flow flow);

  /// Writes `flow` in place of the version before it.
  void change(Flow flow);

  /// Removes a flow and its runs from the lists; the ledger keeps what became of records.
  void remove(Flow flow);

  Optional<Flow> flow(Tenant tenant, String id);

  /// Fields: `id`, `name`, `state`, `lastRunDetails.state`, `lastRunDetails.startedAtUTC`,
  /// `createdAt`, `updatedAt`.
  Page<Flow> flows(Tenant tenant, Query query);

  /// Those of the folder, of all tenants.
  List<Flow> folderFlows();

  /// The enabled flows whose time has come, with that time.
  List<Due> due(Instant now);

  /// A flow whose time has come.
  record Due(Flow flow, Instant at) {}

  /// When the flow is due next; empty for never.
  Optional<Instant> nextDue(Flow flow);

  /// Moves a flow's time on.
  ///
  /// @param next null for never
  /// @return whether this process did it, and so has to start the run
  boolean moveOn(Due due, @Nullable Instant next);

  // Runs

  /// Queues a run that is no retry.
  ///
  /// @throws dev.waybill.UserException if such a run of its flow is not over
  FlowRun enqueue(FlowRun run);

  /// Queues a run that is a retry.
  ///
  /// @param number which retry of its parent it is, from 1: one more than are over
  /// @return it; or, if there is one of that number, or one that is not over, that one
  FlowRun enqueueRetry(FlowRun run, int number);

  Optional<FlowRun> run(Tenant tenant, String id);

  /// Fields: `id`, `flowId`, `createdAt`, `updatedAt`, `metrics.statusSummary.status`,
  /// `metrics.durationSummary.startedAtUTC` (also `lastRunDetails.startedAtUTC`),
  /// `metrics.durationSummary.completedAtUTC`; a status is a [FlowRun.State] in small letters.
  Page<FlowRun> runs(Tenant tenant, Query query);

  long countRuns(Tenant tenant, Query query);

  /// The runs that are retries of it, the oldest first.
  List<FlowRun> retries(FlowRun run);

  /// The flow's runs that are not over, the oldest first.
  List<FlowRun> unfinished(Flow flow);

  /// The runs of all tenants that are not over, the oldest first.
  List<FlowRun> unfinished();

  // Who works on a run

  /// Takes the oldest run that waits, of all tenants; it is running then.
  ///
  /// @param worker a process, here and below; never the same for two
  Optional<FlowRun> take(String worker);

  /// Says that the worker lives.
  void beat(String worker);

  /// Gives back all that the worker has not brought to its end.
  void release(String worker);

  /// Gives back one of them.
  void release(FlowRun run, String worker);

  /// The runs whose worker gave them back, or was silent for so long.
  List<FlowRun> orphans(Duration silence);

  /// Takes a run whose worker gave it back, or was silent for so long.
  ///
  /// @return whether it is this worker's now
  boolean takeOver(FlowRun run, String worker, Duration silence);

  /// Writes state, counts, end and error of a run that this worker works on.
  ///
  /// @return whether it does; another one may have taken it over
  boolean update(FlowRun run, String worker);

  /// Ends a run that waits; asks whoever works on another one to end it.
  void cancel(FlowRun run);

  /// The ids of the worker's runs that it was asked to end.
  List<String> cancelling(String worker);

  // What was watched

  /// Adds a sample; thins out the older ones so that there are never more than 600 of a run.
  void add(FlowRun run, Sample sample);

  List<Sample> samples(FlowRun run);

  /// Adds calls. Drops old ones: those that went well beyond the latest 200, those that failed, and
  /// those that carried items of such, beyond 1,000.
  void add(FlowRun run, List<CallRecord> calls);

  /// The number of the last call that was added; 0 before the first.
  long lastCall(FlowRun run);

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
}
