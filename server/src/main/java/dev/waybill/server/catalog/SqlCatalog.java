package dev.waybill.server.catalog;

import dev.waybill.server.store.Store;
import dev.waybill.sql.Migrations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The catalog in the service's database.
public final class SqlCatalog implements Catalog {

  private static final Migrations TABLES =
      new Migrations(SqlCatalog.class, "schema_version_catalog");

  private final Store store;
  private final SandboxTable sandboxes;
  private final ConnectionTable connections;
  private final FlowTable flows;
  private final RunTable runs;
  private final WatchTable watched;
  private final List<Consumer<FlowRun>> listeners = new CopyOnWriteArrayList<>();

  private SqlCatalog(Store store) {
    this.store = store;
    this.sandboxes = new SandboxTable(store);
    this.connections = new ConnectionTable(store);
    this.flows = new FlowTable(store);
    this.runs = new RunTable(store);
    this.watched = new WatchTable(store);
  }

  /// Opens the catalog, and makes its tables if they are not there. The store stays its owner's.
  ///
  /// @throws dev.waybill.UserException if that can not be
  public static SqlCatalog open(Store store) {
    store.make(TABLES);
    return new SqlCatalog(store);
  }

  private Instant now() {
    return store.clock().instant();
  }

  @Override
  public List<Sandbox> sandboxes(String organisation) {
    return sandboxes.of(organisation);
  }

  @Override
  public Sandbox sandbox(Tenant tenant) {
    return sandboxes.make(tenant);
  }

  @Override
  public void add(SavedConnection connection) {
    connections.add(connection);
  }

  @Override
  public void change(SavedConnection connection) {
    connections.change(connection);
  }

  @Override
  public void remove(SavedConnection connection) {
    connections.remove(connection);
  }

  @Override
  public Optional<SavedConnection> connection(Tenant tenant, String id) {
    return connections.find(tenant, id);
  }

  @Override
  public Page<SavedConnection> connections(Tenant tenant, SavedConnection.Kind kind, Query query) {
    return connections.list(tenant, kind, query);
  }

  @Override
  public void add(Flow flow) {
    flows.add(flow);
  }

  @Override
  public void change(Flow flow) {
    flows.change(flow);
  }

  @Override
  public void remove(Flow flow) {
    flows.remove(flow, now());
  }

  @Override
  public Optional<Flow> flow(Tenant tenant, String id) {
    return flows.find(tenant, id);
  }

  @Override
  public Page<Flow> flows(Tenant tenant, Query query) {
    return flows.list(tenant, query);
  }

  @Override
  public List<Flow> folderFlows() {
    return flows.ofFolder();
  }

  @Override
  public List<Due> due(Instant now) {
    return flows.due(now);
  }

  @Override
  public Optional<Instant> nextDue(Flow flow) {
    return flows.nextDue(flow);
  }

  @Override
  public boolean moveOn(Due due, @Nullable Instant next) {
    return flows.moveOn(due, next);
  }

  @Override
  public FlowRun enqueue(FlowRun run) {
    return told(runs.enqueue(run));
  }

  @Override
  public FlowRun enqueueRetry(FlowRun run, int number) {
    return told(runs.enqueueRetry(run, number));
  }

  private FlowRun told(FlowRun run) {
    listeners.forEach(listener -> listener.accept(run));
    return run;
  }

  @Override
  public Optional<FlowRun> run(Tenant tenant, String id) {
    return runs.find(tenant, id);
  }

  @Override
  public Page<FlowRun> runs(Tenant tenant, Query query) {
    return runs.list(tenant, query);
  }

  @Override
  public long countRuns(Tenant tenant, Query query) {
    return runs.count(tenant, query);
  }

  @Override
  public List<FlowRun> retries(FlowRun run) {
    return runs.retries(run);
  }

  @Override
  public List<FlowRun> unfinished(Flow flow) {
    return runs.unfinished(flow.id());
  }

  @Override
  public List<FlowRun> unfinished() {
    return runs.unfinished();
  }

  @Override
  public Optional<FlowRun> take(String worker) {
    Optional<FlowRun> taken = runs.take(worker, now());
    taken.ifPresent(this::told);
    return taken;
  }

  @Override
  public void beat(String worker) {
    runs.beat(worker, now());
  }

  @Override
  public void release(String worker) {
    runs.release(worker);
  }

  @Override
  public void release(FlowRun run, String worker) {
    runs.release(run, worker);
  }

  @Override
  public List<FlowRun> orphans(Duration silence) {
    return runs.orphans(now(), silence);
  }

  @Override
  public boolean takeOver(FlowRun run, String worker, Duration silence) {
    return runs.takeOver(run, worker, now(), silence);
  }

  @Override
  public boolean update(FlowRun run, String worker) {
    boolean done = runs.update(run, worker, now());
    if (done) {
      told(run);
    }
    return done;
  }

  @Override
  public void cancel(FlowRun run) {
    runs.cancel(run, now(), "cancelled before it began");
    run(run.tenant(), run.id()).ifPresent(this::told);
  }

  @Override
  public List<String> cancelling(String worker) {
    return runs.cancelling(worker);
  }

  @Override
  public void add(FlowRun run, Sample sample) {
    watched.add(run, sample);
  }

  @Override
  public List<Sample> samples(FlowRun run) {
    return watched.samples(run);
  }

  @Override
  public void add(FlowRun run, List<CallRecord> calls) {
    watched.add(run, calls);
  }

  @Override
  public long lastCall(FlowRun run) {
    return watched.lastCall(run);
  }

  @Override
  public Page<CallRecord> calls(FlowRun run, CallFilter filter, int limit, @Nullable String after) {
    return watched.calls(run, filter, limit, after);
  }

  @Override
  public List<CallRecord> callsOver(FlowRun run, long first, long last, int limit) {
    return watched.callsOver(run, first, last, limit);
  }

  @Override
  public void onRunChange(Consumer<FlowRun> listener) {
    listeners.add(listener);
  }
}
