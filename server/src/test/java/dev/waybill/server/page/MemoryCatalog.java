package dev.waybill.server.page;

import dev.waybill.server.catalog.CallRecord;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.Sample;
import dev.waybill.server.catalog.Sandbox;
import dev.waybill.server.catalog.SavedConnection;
import dev.waybill.server.catalog.Schedule;
import dev.waybill.server.catalog.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// As much of a catalog as the page asks for, in memory. For one thread at a time.
final class MemoryCatalog implements Catalog {

  private final List<Sandbox> sandboxes = new ArrayList<>();
  private final Map<String, Flow> flows = new LinkedHashMap<>();
  private final Map<String, FlowRun> runs = new LinkedHashMap<>();
  private final Map<String, List<Sample>> samples = new HashMap<>();
  private final Map<String, List<CallRecord>> calls = new HashMap<>();
  private final Map<String, Instant> due = new HashMap<>();

  @Override
  public synchronized List<Sandbox> sandboxes(String organisation) {
    return sandboxes.stream()
        .filter(sandbox -> sandbox.tenant().organisation().equals(organisation))
        .toList();
  }

  @Override
  public synchronized Sandbox sandbox(Tenant tenant) {
    var sandbox = new Sandbox("sb-" + tenant.sandbox(), tenant, sandboxes.isEmpty());
    sandboxes.add(sandbox);
    return sandbox;
  }

  @Override
  public synchronized void add(Flow flow) {
    flows.put(flow.id(), flow);
    if (flow.schedule() instanceof Schedule.Every every) {
      due.put(flow.id(), every.start());
    }
  }

  void due(Flow flow, Instant at) {
    due.put(flow.id(), at);
  }

  @Override
  public synchronized void change(Flow flow) {
    flows.put(flow.id(), flow);
  }

  @Override
  public synchronized void remove(Flow flow) {
    flows.remove(flow.id());
    runs.values().removeIf(run -> run.flowId().equals(flow.id()));
  }

  @Override
  public synchronized Optional<Flow> flow(Tenant tenant, String id) {
    return Optional.ofNullable(flows.get(id)).filter(flow -> flow.tenant().equals(tenant));
  }

  @Override
  public synchronized Page<Flow> flows(Tenant tenant, Query query) {
    return new Page<>(
        flows.values().stream()
            .filter(flow -> flow.tenant().equals(tenant))
            .sorted(Comparator.comparing(Flow::name))
            .limit(query.limit())
            .toList(),
        null);
  }

  @Override
  public synchronized List<Due> due(Instant now) {
    return due.entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(now) && flows.containsKey(entry.getKey()))
        .map(entry -> new Due(flows.get(entry.getKey()), entry.getValue()))
        .toList();
  }

  @Override
  public synchronized FlowRun enqueue(FlowRun run) {
    runs.put(run.id(), run);
    return run;
  }

  @Override
  public synchronized Optional<FlowRun> run(Tenant tenant, String id) {
    return Optional.ofNullable(runs.get(id)).filter(run -> run.tenant().equals(tenant));
  }

  @Override
  public synchronized Page<FlowRun> runs(Tenant tenant, Query query) {
    List<FlowRun> found =
        runs.values().stream()
            .filter(run -> run.tenant().equals(tenant))
            .filter(run -> query.conditions().stream().allMatch(each -> holds(each, run)))
            .sorted(Comparator.comparing((FlowRun run) -> run.stamp().createdAt()).reversed())
            .toList();
    int from = query.after() == null ? 0 : Integer.parseInt(query.after());
    int to = Math.min(found.size(), from + query.limit());
    return new Page<>(found.subList(from, to), to < found.size() ? String.valueOf(to) : null);
  }

  private static boolean holds(Query.Condition condition, FlowRun run) {
    return switch (condition.field()) {
      case "flowId" -> run.flowId().equals(condition.value());
      case "metrics.statusSummary.status" -> run.state().name().equalsIgnoreCase(condition.value());
      default -> throw new IllegalArgumentException(condition.field());
    };
  }

  @Override
  public synchronized List<FlowRun> retries(FlowRun run) {
    return runs.values().stream().filter(each -> run.id().equals(each.parent())).toList();
  }

  @Override
  public synchronized void update(FlowRun run) {
    runs.put(run.id(), run);
  }

  @Override
  public synchronized void add(FlowRun run, Sample sample) {
    samples.computeIfAbsent(run.id(), absent -> new ArrayList<>()).add(sample);
  }

  @Override
  public synchronized List<Sample> samples(FlowRun run) {
    return List.copyOf(samples.getOrDefault(run.id(), List.of()));
  }

  @Override
  public synchronized void add(FlowRun run, List<CallRecord> more) {
    calls.computeIfAbsent(run.id(), absent -> new ArrayList<>()).addAll(more);
  }

  @Override
  public synchronized Page<CallRecord> calls(
      FlowRun run, CallFilter filter, int limit, @Nullable String after) {
    long before = after == null ? Long.MAX_VALUE : Long.parseLong(after);
    List<CallRecord> found =
        calls.getOrDefault(run.id(), List.of()).reversed().stream()
            .filter(call -> call.number() < before)
            .filter(call -> filter == CallFilter.ALL || !call.succeeded())
            .limit(limit + 1L)
            .toList();
    return found.size() > limit
        ? new Page<>(found.subList(0, limit), String.valueOf(found.get(limit - 1).number()))
        : new Page<>(found, null);
  }

  @Override
  public synchronized List<CallRecord> callsOver(FlowRun run, long first, long last, int limit) {
    return calls.getOrDefault(run.id(), List.of()).stream()
        .filter(call -> call.first() <= last && call.last() >= first)
        .limit(limit)
        .toList();
  }

  @Override
  public void add(SavedConnection connection) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void change(SavedConnection connection) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void remove(SavedConnection connection) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<SavedConnection> connection(Tenant tenant, String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page<SavedConnection> connections(Tenant tenant, SavedConnection.Kind kind, Query query) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Flow> folderFlows() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean moveOn(Due moved, @Nullable Instant next) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long countRuns(Tenant tenant, Query query) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<FlowRun> take(Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<FlowRun> running() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void cancel(FlowRun run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onRunChange(Consumer<FlowRun> listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
