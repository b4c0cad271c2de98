package dev.waybill.server.rest;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.ledger.ReasonHistory;
import dev.waybill.run.ReasonDigest;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.Counts;
import dev.waybill.server.catalog.FlowRun.State;
import dev.waybill.server.catalog.FlowRun.Trigger;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.work.FlowReason;
import dev.waybill.server.work.Works;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Runs that are queued in a real catalog, and end as a test says.
final class MadeUpWorks implements Works {

  private final Catalog catalog;
  private final Path file;

  /// @param file what every run leaves as its file of failures
  MadeUpWorks(Catalog catalog, Path file) {
    this.catalog = catalog;
    this.file = file;
  }

  @Override
  public FlowRun start(Flow flow, Trigger trigger, String by, String client) {
    if (!flow.enabled()) {
      throw new UserException("The flow is disabled; enable it first.");
    }
    return catalog.enqueue(run(flow, null, trigger, by, client));
  }

  private static FlowRun run(
      Flow flow, @Nullable String parent, Trigger trigger, String by, String client) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new FlowRun(
        UUID.randomUUID().toString(),
        flow.tenant(),
        flow.id(),
        flow.stamp().version(),
        parent,
        trigger,
        State.QUEUED,
        null,
        null,
        Counts.NONE,
        null,
        false,
        new Stamp(1, now, now, by, by, client));
  }

  /// Lets the run that waits longest end.
  FlowRun end(State state, Counts counts) {
    FlowRun taken = catalog.take("worker").orElseThrow();
    FlowRun over =
        new FlowRun(
            taken.id(),
            taken.tenant(),
            taken.flowId(),
            taken.flowVersion(),
            taken.parent(),
            taken.trigger(),
            state,
            taken.startedAt(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            counts,
            state == State.FAILED ? "2 of 10 records were not delivered" : null,
            taken.cancelling(),
            taken.stamp());
    catalog.update(over, "worker");
    return over;
  }

  @Override
  public FlowRun retrigger(FlowRun run, String by, String client) {
    if (!run.state().isOver() || (run.state() == State.SUCCESS && run.counts().delivered() > 0)) {
      throw new UserException("Only failed runs are triggered again.");
    }
    long over = catalog.retries(run).stream().filter(each -> each.state().isOver()).count();
    Flow flow = catalog.flow(run.tenant(), run.flowId()).orElseThrow();
    return catalog.enqueueRetry(run(flow, run.id(), Trigger.RETRIGGER, by, client), (int) over + 1);
  }

  @Override
  public void cancel(FlowRun run) {
    if (run.state().isOver()) {
      throw new UserException("The run is over.");
    }
    catalog.cancel(run);
  }

  @Override
  public Optional<FlowRun> look(Tenant tenant, String id) {
    return catalog.run(tenant, id);
  }

  @Override
  public List<ReasonDigest.Group> reasons(FlowRun run) {
    return List.of(
        new ReasonDigest.Group(
            Disposition.REJECTED,
            "unique_violation",
            "email '…' is there already",
            2,
            List.of(
                new ReasonDigest.Example(
                    3, 4, "ann@x.org", "email 'ann@x.org' is there already"))));
  }

  @Override
  public List<FlowReason> reasons(Flow flow) {
    Instant then = Instant.ofEpochMilli(1_795_000_000_000L);
    return List.of(
        new FlowReason(
            new ReasonHistory(
                Disposition.REJECTED,
                "unique_violation",
                "email '…' is there already",
                5,
                then,
                then.plusSeconds(60),
                "run",
                List.of(new ReasonDigest.Example(2, 3, "a@b.c", "email 'a@b.c' is there already"))),
            2));
  }

  @Override
  public Page<ItemRecord> records(
      FlowRun run,
      Set<Disposition> dispositions,
      @Nullable String code,
      @Nullable String text,
      int limit,
      @Nullable String after) {
    long from = after == null ? 1 : Long.parseLong(after);
    long to = Math.min(from + limit, 251);
    return new Page<>(
        LongStream.range(from, to)
            .mapToObj(
                ordinal ->
                    new ItemRecord(
                        ordinal,
                        ordinal % 2 == 0 ? "key-" + ordinal : null,
                        dispositions.iterator().next(),
                        Reason.of("value too long"),
                        2,
                        1,
                        new ItemRecord.Place("contacts.csv", ordinal + 1, 10, 20),
                        Instant.EPOCH,
                        null))
            .toList(),
        to < 251 ? Long.toString(to) : null);
  }

  @Override
  public List<Row> rows(FlowRun run, List<Long> ordinals) {
    return ordinals.stream()
        .map(ordinal -> new Row(ordinal, List.of("email"), List.of("ann@x.org")))
        .toList();
  }

  @Override
  public Optional<Path> artifact(FlowRun run, Artifact kind) {
    return kind == Artifact.FAIL ? Optional.of(file) : Optional.empty();
  }

  @Override
  public Check check(Tenant tenant, String job) {
    return new Check(List.of("The table will be made."), List.of("email"), "INSERT …");
  }
}
