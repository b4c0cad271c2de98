package dev.waybill.server.page;

import dev.waybill.Disposition;
import dev.waybill.UserException;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.run.ReasonDigest;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.work.FlowReason;
import dev.waybill.server.work.Works;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Works that do nothing but remember what was asked of them.
final class MemoryWorks implements Works {

  final Map<String, List<ReasonDigest.Group>> reasons = new HashMap<>();
  final Map<String, List<FlowReason>> flowReasons = new HashMap<>();
  final Map<String, List<ItemRecord>> records = new HashMap<>();
  final Map<Long, Row> rows = new HashMap<>();
  final Map<String, Map<Artifact, Path>> artifacts = new HashMap<>();
  final List<String> asked = new ArrayList<>();

  private final Catalog catalog;

  MemoryWorks(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public FlowRun start(Flow flow, FlowRun.Trigger trigger, String by, String client) {
    asked.add("start " + flow.name() + " by " + by);
    if (!flow.enabled()) {
      throw new UserException("The flow " + flow.name() + " is paused: resume it first.");
    }
    return queue(flow.tenant(), flow.id(), null, trigger, by);
  }

  private FlowRun queue(
      Tenant tenant, String flow, @Nullable String parent, FlowRun.Trigger trigger, String by) {
    Instant now = Instant.now();
    var run =
        new FlowRun(
            UUID.randomUUID().toString(),
            tenant,
            flow,
            1,
            parent,
            trigger,
            FlowRun.State.QUEUED,
            null,
            null,
            FlowRun.Counts.NONE,
            null,
            false,
            new Stamp(1, now, now, by, by, "page"));
    return parent == null ? catalog.enqueue(run) : catalog.enqueueRetry(run, 1);
  }

  @Override
  public FlowRun retrigger(FlowRun run, String by, String client) {
    asked.add("retrigger " + run.id() + " by " + by);
    if (run.state() != FlowRun.State.FAILED) {
      throw new UserException("Run " + run.id() + " did not fail, so there is nothing to retry.");
    }
    return queue(run.tenant(), run.flowId(), run.id(), FlowRun.Trigger.RETRIGGER, by);
  }

  @Override
  public void cancel(FlowRun run) {
    asked.add("cancel " + run.id());
  }

  @Override
  public Optional<FlowRun> look(Tenant tenant, String id) {
    return catalog.run(tenant, id);
  }

  @Override
  public List<ReasonDigest.Group> reasons(FlowRun run) {
    return reasons.getOrDefault(run.id(), List.of());
  }

  @Override
  public List<FlowReason> reasons(Flow flow) {
    return flowReasons.getOrDefault(flow.id(), List.of());
  }

  @Override
  public Page<ItemRecord> records(
      FlowRun run,
      Set<Disposition> dispositions,
      @Nullable String code,
      @Nullable String text,
      int limit,
      @Nullable String after) {
    List<ItemRecord> found =
        records.getOrDefault(run.id(), List.of()).stream()
            .filter(record -> dispositions.contains(record.disposition()))
            .filter(record -> code == null || Objects.equals(code, record.reason().code()))
            .filter(record -> text == null || record.reason().message().contains(text))
            .toList();
    int from = after == null ? 0 : Integer.parseInt(after);
    int to = Math.min(found.size(), from + limit);
    return new Page<>(found.subList(from, to), to < found.size() ? String.valueOf(to) : null);
  }

  @Override
  public List<Row> rows(FlowRun run, List<Long> ordinals) {
    return ordinals.stream().map(rows::get).filter(Objects::nonNull).toList();
  }

  @Override
  public Optional<Path> artifact(FlowRun run, Artifact kind) {
    return Optional.ofNullable(artifacts.getOrDefault(run.id(), Map.of()).get(kind));
  }

  @Override
  public Check check(Tenant tenant, String job) {
    asked.add("check");
    if (job.contains("no-such-field")) {
      throw new UserException(
          "The column 'no-such-field' is not in contacts.csv; it has email, city.");
    }
    return new Check(
        List.of("contacts.csv has 12 columns and about 20,000 records."),
        List.of("email", "first_name", "last_name", "city"),
        "POST https://crm.example.com/api/contacts/batch\nAuthorization: Bearer ****\nContent-Type:"
            + " application/json\n\n[{\"email\":\"ann@example.com\",\"city\":\"Rome\"}]");
  }
}
