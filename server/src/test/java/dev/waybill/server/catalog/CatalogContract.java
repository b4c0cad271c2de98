package dev.waybill.server.catalog;

import static dev.waybill.server.catalog.Things.START;
import static dev.waybill.server.catalog.Things.TENANT;
import static dev.waybill.server.catalog.Things.call;
import static dev.waybill.server.catalog.Things.changed;
import static dev.waybill.server.catalog.Things.flow;
import static dev.waybill.server.catalog.Things.over;
import static dev.waybill.server.catalog.Things.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Query.Comparison;
import dev.waybill.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a catalog promises, on whichever database.
abstract class CatalogContract {

  private Store store;
  private Catalog catalog;

  /// Where an empty database is.
  abstract String place();

  @BeforeEach
  void open() {
    store = Store.open(place());
    catalog = SqlCatalog.open(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void organisationHasItsFirstSandboxFromTheStart() {
    assertThat(catalog.sandboxes("acme"))
        .extracting(Sandbox::tenant, Sandbox::usual)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(TENANT, true));

    Sandbox second = catalog.sandbox(new Tenant("acme", "dev"));

    assertThat(second.usual()).isFalse();
    assertThat(catalog.sandbox(new Tenant("acme", "dev"))).isEqualTo(second);
    assertThat(catalog.sandboxes("acme")).hasSize(2);
    assertThat(catalog.sandboxes("other")).hasSize(1);
  }

  @Test
  void flowIsReadAsItWasWritten() {
    var schedule = new Schedule.Cron("30 2 * * 1-5", ZoneId.of("Europe/Berlin"));
    Flow flow = flow(TENANT, "contacts", schedule);

    catalog.add(flow);

    assertThat(catalog.flow(TENANT, flow.id())).contains(flow);
  }

  @Test
  void nothingOfOneTenantIsFoundByAnother() {
    Flow flow = flow();
    catalog.add(flow);
    FlowRun run = catalog.enqueue(run(flow));

    for (Tenant other : List.of(new Tenant("acme", "dev"), new Tenant("umbrella", "prod"))) {
      assertThat(catalog.flow(other, flow.id())).isEmpty();
      assertThat(catalog.run(other, run.id())).isEmpty();
      assertThat(catalog.flows(other, Query.newest(10)).items()).isEmpty();
      assertThat(catalog.runs(other, Query.newest(10)).items()).isEmpty();
      assertThat(catalog.countRuns(other, Query.newest(10))).isZero();
    }
  }

  @Test
  void changeOfAnOldVersionIsStale() {
    Flow flow = flow();
    catalog.add(flow);
    Flow next = renamed(flow, "people");
    catalog.change(next);

    assertThatThrownBy(() -> catalog.change(renamed(flow, "clients")))
        .isInstanceOf(StaleException.class);
    assertThatThrownBy(() -> catalog.remove(flow)).isInstanceOf(StaleException.class);
    assertThat(catalog.flow(TENANT, flow.id())).contains(next);
  }

  private static Flow renamed(Flow flow, String name) {
    return new Flow(
        flow.id(),
        flow.tenant(),
        name,
        flow.description(),
        flow.job(),
        flow.options(),
        flow.schedule(),
        flow.enabled(),
        flow.folderFile(),
        flow.document(),
        changed(flow.stamp()));
  }

  @Test
  void removedFlowIsGoneWithItsRuns() {
    Flow flow = flow();
    catalog.add(flow);
    FlowRun run = catalog.enqueue(run(flow));

    catalog.remove(flow);

    assertThat(catalog.flow(TENANT, flow.id())).isEmpty();
    assertThat(catalog.run(TENANT, run.id())).isEmpty();
    assertThat(catalog.take("w")).isEmpty();
  }

  @Test
  void longListIsReadPartByPartWithoutGapsAndDoubles() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Flow flow = flow(TENANT, "flow " + i % 3, null);
      catalog.add(flow);
      ids.add(flow.id());
    }
    for (String order : List.of("-createdAt", "name", "-name", "lastRunDetails.startedAtUTC")) {
      var seen = new ArrayList<String>();
      String after = null;
      do {
        Page<Flow> page = catalog.flows(TENANT, new Query(List.of(), order, 4, after));
        page.items().forEach(flow -> seen.add(flow.id()));
        after = page.next();
      } while (after != null);
      assertThat(seen).describedAs(order).containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  @Test
  void tokenOfAnotherOrderIsRefused() {
    catalog.add(flow());
    catalog.add(flow());
    String next = catalog.flows(TENANT, Query.newest(1)).next();

    assertThatThrownBy(() -> catalog.flows(TENANT, new Query(List.of(), "name", 1, next)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("continuation token");
    assertThatThrownBy(() -> catalog.flows(TENANT, new Query(List.of(), "name", 1, "?")))
        .isInstanceOf(UserException.class);
  }

  @Test
  void unknownFieldIsNamedWithThoseThatExist() {
    assertThatThrownBy(
            () -> catalog.runs(TENANT, Query.newest(1).where("colour", Comparison.EQUAL, "red")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no field 'colour'; it has createdAt, flowId, id");
    assertThatThrownBy(
            () -> catalog.runs(TENANT, new Query(List.of(), "id; DROP TABLE run", 1, null)))
        .isInstanceOf(UserException.class);
  }

  @Test
  void runsAreChosenByFlowStateAndTime() {
    Flow flow = flow();
    Flow other = flow();
    catalog.add(flow);
    catalog.add(other);
    catalog.enqueue(run(flow));
    catalog.enqueue(run(other, START.plusSeconds(1), null));
    FlowRun taken = catalog.take("w").orElseThrow();
    catalog.update(over(taken, FlowRun.State.FAILED), "w");

    assertThat(ids(Query.newest(9).where("flowId", Comparison.EQUAL, flow.id())))
        .containsExactly(taken.id());
    assertThat(
            ids(Query.newest(9).where("metrics.statusSummary.status", Comparison.EQUAL, "failed")))
        .containsExactly(taken.id());
    assertThat(ids(Query.newest(9).where("createdAt", Comparison.MORE, START.toString())))
        .hasSize(1)
        .doesNotContain(taken.id());
    assertThat(
            catalog.countRuns(
                TENANT,
                Query.newest(1).where("lastRunDetails.startedAtUTC", Comparison.AT_LEAST, "1")))
        .isEqualTo(1);
    assertThat(
            catalog.flows(TENANT, Query.newest(9).where("name", Comparison.LIKE, "CONT")).items())
        .hasSize(2);
    assertThat(catalog.flows(TENANT, Query.newest(9).where("name", Comparison.LIKE, "%")).items())
        .isEmpty();
  }

  private List<String> ids(Query query) {
    return catalog.runs(TENANT, query).items().stream().map(FlowRun::id).toList();
  }

  @Test
  void runThatIsOverStaysAsItWas() {
    Flow flow = flow();
    catalog.add(flow);
    catalog.enqueue(run(flow));
    FlowRun taken = catalog.take("w").orElseThrow();

    assertThat(catalog.update(over(taken, FlowRun.State.FAILED), "w")).isTrue();
    assertThat(catalog.update(over(taken, FlowRun.State.SUCCESS), "w")).isFalse();

    FlowRun end = catalog.run(TENANT, taken.id()).orElseThrow();
    assertThat(end.state()).isEqualTo(FlowRun.State.FAILED);
    assertThat(end.counts()).isEqualTo(over(taken, FlowRun.State.FAILED).counts());
    assertThat(end.stamp().version()).isEqualTo(3);
  }

  @Test
  void flowIsNotBegunTwice() {
    Flow flow = flow();
    catalog.add(flow);
    FlowRun first = catalog.enqueue(run(flow));

    assertThatThrownBy(() -> catalog.enqueue(run(flow)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(first.id());
  }

  @Test
  void sameRetryRequestedAtOnceByManyIsOneRun() throws Exception {
    Flow flow = flow();
    catalog.add(flow);
    catalog.enqueue(run(flow));
    FlowRun parent = over(catalog.take("w").orElseThrow(), FlowRun.State.FAILED);
    catalog.update(parent, "w");

    var ids = new HashSet<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<FlowRun>> asked =
          IntStream.range(0, 20)
              .mapToObj(
                  i -> threads.submit(() -> catalog.enqueueRetry(run(flow, START, parent), 1)))
              .toList();
      for (Future<FlowRun> one : asked) {
        ids.add(one.get().id());
      }
    }

    assertThat(ids).hasSize(1);
    assertThat(catalog.retries(parent)).extracting(FlowRun::id).containsExactlyElementsOf(ids);
  }

  @Test
  void retryThatIsOverIsStillTheAnswerToItsNumber() {
    Flow flow = flow();
    catalog.add(flow);
    catalog.enqueue(run(flow));
    FlowRun parent = over(catalog.take("w").orElseThrow(), FlowRun.State.FAILED);
    catalog.update(parent, "w");
    FlowRun retry = catalog.enqueueRetry(run(flow, START, parent), 1);
    catalog.update(over(catalog.take("w").orElseThrow(), FlowRun.State.FAILED), "w");

    assertThat(catalog.enqueueRetry(run(flow, START, parent), 1).id()).isEqualTo(retry.id());
    assertThat(catalog.enqueueRetry(run(flow, START, parent), 2).id()).isNotEqualTo(retry.id());
  }

  @Test
  void eachWaitingRunIsTakenByOneWorker() throws Exception {
    for (int i = 0; i < 30; i++) {
      Flow flow = flow();
      catalog.add(flow);
      catalog.enqueue(run(flow));
    }
    var taken = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> workers =
          IntStream.range(0, 5).mapToObj(i -> threads.submit(() -> takeAll("w" + i))).toList();
      for (Future<List<String>> worker : workers) {
        taken.addAll(worker.get());
      }
    }

    assertThat(taken).hasSize(30).doesNotHaveDuplicates();
  }

  private List<String> takeAll(String worker) {
    var taken = new ArrayList<String>();
    for (var run = catalog.take(worker); run.isPresent(); run = catalog.take(worker)) {
      taken.add(run.get().id());
    }
    return taken;
  }

  @Test
  void runOfASilentWorkerIsTakenOverByOneOther() {
    Flow flow = flow();
    catalog.add(flow);
    catalog.enqueue(run(flow));
    FlowRun run = catalog.take("dead").orElseThrow();

    assertThat(catalog.orphans(Duration.ofHours(1))).isEmpty();
    assertThat(catalog.takeOver(run, "heir", Duration.ofHours(1))).isFalse();
    assertThat(catalog.orphans(Duration.ZERO)).extracting(FlowRun::id).containsExactly(run.id());

    catalog.release("dead");

    assertThat(catalog.takeOver(run, "heir", Duration.ofHours(1))).isTrue();
    assertThat(catalog.takeOver(run, "late", Duration.ofHours(1))).isFalse();
    assertThat(catalog.update(over(run, FlowRun.State.SUCCESS), "dead")).isFalse();
    assertThat(catalog.update(over(run, FlowRun.State.SUCCESS), "heir")).isTrue();
  }

  @Test
  void waitingRunIsCancelledAtOnceAndOneUnderWayIsAsked() {
    Flow flow = flow();
    catalog.add(flow);
    FlowRun waiting = catalog.enqueue(run(flow));
    catalog.cancel(waiting);

    FlowRun cancelled = catalog.run(TENANT, waiting.id()).orElseThrow();
    assertThat(cancelled.state()).isEqualTo(FlowRun.State.FAILED);
    assertThat(cancelled.error()).isEqualTo("cancelled before it began");
    assertThat(cancelled.completedAt()).isNotNull();

    catalog.enqueue(run(flow));
    FlowRun running = catalog.take("w").orElseThrow();
    catalog.cancel(running);
    catalog.update(running, "w");

    FlowRun asked = catalog.run(TENANT, running.id()).orElseThrow();
    assertThat(asked.state()).isEqualTo(FlowRun.State.RUNNING);
    assertThat(asked.cancelling()).isTrue();
    assertThat(catalog.cancelling("w")).containsExactly(running.id());
  }

  @Test
  void dueFlowIsMovedOnByOneProcessOnly() {
    Flow flow = flow(TENANT, "hourly", new Schedule.Every(START, Duration.ofHours(1)));
    catalog.add(flow);
    catalog.add(flow());
    assertThat(catalog.nextDue(flow)).contains(START);
    assertThat(catalog.due(START.minusSeconds(1))).isEmpty();

    List<Catalog.Due> due = catalog.due(START.plusSeconds(5));

    assertThat(due).hasSize(1);
    Instant next = START.plus(Duration.ofHours(1));
    assertThat(catalog.moveOn(due.getFirst(), next)).isTrue();
    assertThat(catalog.moveOn(due.getFirst(), next)).isFalse();
    assertThat(catalog.nextDue(flow)).contains(next);
  }

  @Test
  void samplesAreThinnedOutAndKeepTheLast() {
    Flow flow = flow();
    catalog.add(flow);
    FlowRun run = catalog.enqueue(run(flow));
    for (int i = 1; i <= 700; i++) {
      catalog.add(run, new Sample(Duration.ofSeconds(i), i, 0, 0, 0, i, Duration.ofMillis(i), 2));
    }

    List<Sample> samples = catalog.samples(run);

    assertThat(samples)
        .hasSizeBetween(300, 600)
        .isSortedAccordingTo(java.util.Comparator.comparing(Sample::at));
    assertThat(samples.getLast().delivered()).isEqualTo(700);
  }

  @Test
  void callsThatFailedOutliveTheUsual() {
    Flow flow = flow();
    catalog.add(flow);
    FlowRun run = catalog.enqueue(run(flow));
    catalog.add(run, List.of(call(1, 1, 8, false), call(2, 1, 4, true), call(3, 5, 8, false)));
    catalog.add(
        run,
        LongStream.rangeClosed(4, 500)
            .mapToObj(number -> call(number, number * 10, number * 10 + 9, true))
            .toList());

    assertThat(catalog.lastCall(run)).isEqualTo(500);
    assertThat(catalog.callsOver(run, 1, 8, 50))
        .extracting(CallRecord::number)
        .containsExactly(1L, 2L, 3L);
    assertThat(catalog.calls(run, Catalog.CallFilter.FAILED, 50, null).items())
        .extracting(CallRecord::number)
        .containsExactly(3L, 1L);
    Page<CallRecord> latest = catalog.calls(run, Catalog.CallFilter.ALL, 150, null);
    assertThat(latest.items().getFirst()).isEqualTo(call(500, 5000, 5009, true));
    assertThat(catalog.calls(run, Catalog.CallFilter.ALL, 150, latest.next()).items())
        .hasSize(200 + 3 - 150);
  }

  @Test
  void listenersHearOfWhatChanged() {
    var heard = new ArrayList<FlowRun.State>();
    catalog.onRunChange(run -> heard.add(run.state()));
    Flow flow = flow();
    catalog.add(flow);
    catalog.enqueue(run(flow));
    catalog.update(over(catalog.take("w").orElseThrow(), FlowRun.State.SUCCESS), "w");

    assertThat(heard)
        .containsExactly(FlowRun.State.QUEUED, FlowRun.State.RUNNING, FlowRun.State.SUCCESS);
  }
}
