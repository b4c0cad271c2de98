package dev.waybill.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Disposition;
import dev.waybill.UserException;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.run.ReasonDigest;
import dev.waybill.server.catalog.CallRecord;
import dev.waybill.server.catalog.Catalog.CallFilter;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.State;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.work.Works.Artifact;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkshopTest {

  private static final EnumSet<Disposition> ALL = EnumSet.allOf(Disposition.class);

  @TempDir Path directory;

  @Test
  void runGoesToItsEndAndShowsWhatBecameOfEachRecord() throws Exception {
    try (var server = SimulatorServer.start(Map.of("bad", "id contains 7", "key", "id"));
        var bench = Bench.in(directory).withInput("in.csv", 100)) {
      Flow flow = bench.add("in.csv", server.uri(), Map.of("batch-size", "10"));

      FlowRun run = bench.end(bench.start(flow));

      assertThat(run.state()).isEqualTo(State.FAILED);
      assertThat(run.error()).isEqualTo("19 of 100 records were not delivered.");
      assertThat(run.counts().read()).isEqualTo(100);
      assertThat(run.counts().delivered()).isEqualTo(81);
      assertThat(run.counts().rejected()).isEqualTo(19);
      assertThat(run.counts().inputBytes()).isEqualTo(Files.size(directory.resolve("in.csv")));
      assertThat(server.count(GroundTruth::applied)).isEqualTo(81);

      Page<ItemRecord> page = bench.works.records(run, ALL, null, null, 5, null);
      assertThat(page.items())
          .extracting(ItemRecord::key)
          .containsExactly("r7", "r17", "r27", "r37", "r47");
      assertThat(bench.works.records(run, ALL, null, null, 5, page.next()).items().getFirst().key())
          .isEqualTo("r57");
      assertThat(bench.works.reasons(run))
          .extracting(ReasonDigest.Group::count)
          .containsExactly(19L);
      assertThat(bench.works.rows(run, List.of(27L, 7L)))
          .containsExactly(
              new Works.Row(7, List.of("id", "name"), List.of("r7", "name of 7")),
              new Works.Row(27, List.of("id", "name"), List.of("r27", "name of 27")));
      assertThat(Files.readString(bench.works.artifact(run, Artifact.FAIL).orElseThrow()))
          .contains("r7,name of 7");
      assertThat(bench.works.artifact(run, Artifact.RETRY)).isEmpty();
      assertThat(bench.catalog.samples(run).getLast().delivered()).isEqualTo(81);
      CallRecord call = bench.catalog.calls(run, CallFilter.ALL, 1, null).items().getFirst();
      assertThat(call.request()).startsWith("POST " + server.uri() + "/records\n");
      assertThat(call.answer()).startsWith("HTTP 200\n");
    }
  }

  @Test
  void retriggerSendsOnlyWhatDidNotArrive() throws Exception {
    try (var strict = SimulatorServer.start(Map.of("bad", "id contains 7", "key", "id"));
        var mended = SimulatorServer.start(Map.of("key", "id"));
        var bench = Bench.in(directory).withInput("in.csv", 100)) {
      Flow flow = bench.add("in.csv", strict.uri(), Map.of());
      FlowRun failed = bench.end(bench.start(flow));
      bench.change(flow, Bench.job("in.csv", mended.uri(), Map.of()));

      FlowRun retry = bench.end(bench.works.retrigger(failed, "ann", "test"));

      assertThat(retry.state()).isEqualTo(State.SUCCESS);
      assertThat(retry.parent()).isEqualTo(failed.id());
      assertThat(retry.counts().delivered()).isEqualTo(19);
      assertThat(mended.count(GroundTruth::applied)).isEqualTo(19);
      assertThat(bench.works.retrigger(failed, "ann", "test").id()).isEqualTo(retry.id());
      assertThatThrownBy(() -> bench.works.retrigger(retry, "ann", "test"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("succeeded and delivered records");
    }
  }

  @Test
  void reasonsOfAFlowAreKnownSinceItsFirstRunThatMetThemAndEndWhenThatOfTheLatestDoes()
      throws Exception {
    try (var strict = SimulatorServer.start(Map.of("bad", "id contains 7", "key", "id"));
        var mended = SimulatorServer.start(Map.of("key", "id"));
        var bench = Bench.in(directory).withInput("in.csv", 100)) {
      Flow flow = bench.add("in.csv", strict.uri(), Map.of());
      assertThat(bench.works.reasons(flow)).isEmpty();

      FlowRun first = bench.end(bench.start(flow));
      FlowRun second = bench.end(bench.start(flow));
      FlowReason failing = bench.works.reasons(flow).getFirst();

      assertThat(failing.now()).isEqualTo(19);
      assertThat(failing.history().count()).isEqualTo(38);
      assertThat(failing.history().lastRun()).isEqualTo(second.id());
      assertThat(failing.history().firstSeen())
          .isEqualTo(bench.ledger.find(first.id()).header().startedAt());

      bench.end(bench.start(bench.change(flow, Bench.job("in.csv", mended.uri(), Map.of()))));

      assertThat(bench.works.reasons(flow)).containsExactly(new FlowReason(failing.history(), 0));
    }
  }

  @Test
  void keyedFlowFailsForWhatItsKeysFailForThoughTheLatestRunLeftThemOut() throws Exception {
    try (var server =
            SimulatorServer.start(
                Map.of("bad", "id contains 7", "key", "id", "idempotent", "true"));
        var bench = Bench.in(directory).withInput("in.csv", 100)) {
      Flow flow =
          bench.change(
              bench.add("in.csv", server.uri(), Map.of()), Bench.keyedJob("in.csv", server.uri()));
      FlowRun first = bench.end(bench.start(flow));
      bench.end(bench.start(flow));
      bench.end(bench.start(flow));

      assertThat(bench.works.reasons(flow))
          .singleElement()
          .satisfies(
              reason -> {
                assertThat(reason.now()).isEqualTo(19);
                assertThat(reason.history().firstSeen())
                    .isEqualTo(bench.ledger.find(first.id()).header().startedAt());
              });
    }
  }

  @Test
  void failedRunPausesAFlowThatWantsIt() throws Exception {
    try (var server = SimulatorServer.start(Map.of("bad", "id contains 7", "key", "id"));
        var bench = Bench.in(directory).withInput("in.csv", 10)) {
      Flow flow =
          bench.change(bench.add("in.csv", server.uri(), Map.of()), new FlowOptions(true, 0, true));

      FlowRun failed = bench.end(bench.start(flow));
      Flow paused = bench.catalog.flow(Bench.TENANT, flow.id()).orElseThrow();

      assertThat(failed.state()).isEqualTo(State.FAILED);
      assertThat(paused.stamp().version()).isEqualTo(flow.stamp().version() + 1);
      assertThatThrownBy(() -> bench.start(paused))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is disabled; enable it first");
    }
  }

  @Test
  void retryOfARunWhoseInputBrokeOffReadsTheRestToo() throws Exception {
    Path input = directory.resolve("in.breaking");
    Path breaksAt = directory.resolve("in.breaking.at");
    Files.write(
        input, IntStream.rangeClosed(1, 100).mapToObj("{\"id\":\"r%d\"}"::formatted).toList());
    try (var server = SimulatorServer.start(Map.of("bad", "id contains 7", "key", "id"));
        var bench = Bench.in(directory)) {
      Flow flow = bench.add("in.breaking", server.uri(), Map.of("batch-size", "10"));
      Files.writeString(breaksAt, "45");
      FlowRun first = bench.end(bench.start(flow));
      Files.writeString(breaksAt, "80");
      FlowRun second = bench.end(bench.works.retrigger(first, "ann", "test"));
      Files.delete(breaksAt);

      FlowRun third = bench.end(bench.works.retrigger(first, "ann", "test"));

      assertThat(first.error()).contains("The disk can not be read behind record 45.");
      assertThat(first.counts().delivered()).isEqualTo(41);
      // The rejected ones are tried again, then what comes behind record 45.
      assertThat(second.counts().rejected()).isEqualTo(4 + 13);
      assertThat(second.counts().delivered()).isEqualTo(22);
      assertThat(third.parent()).isEqualTo(second.id());
      assertThat(third.counts().rejected()).isEqualTo(19);
      assertThat(third.counts().delivered()).isEqualTo(18);
      assertThat(server.count(GroundTruth::applied)).isEqualTo(81);
    }
  }

  @Test
  void runThatDeliveredNothingIsDoneOverAsAWhole() throws Exception {
    try (var server = SimulatorServer.start(Map.of("key", "id"));
        var bench = Bench.in(directory)) {
      Flow flow = bench.add("in.csv", server.uri(), Map.of());
      FlowRun failed = bench.end(bench.start(flow));
      assertThat(failed.error()).contains("in.csv");
      bench.withInput("in.csv", 30);

      FlowRun retry = bench.end(bench.works.retrigger(failed, "ann", "test"));

      assertThat(retry.counts().delivered()).isEqualTo(30);
    }
  }

  @Test
  void sameRetriggerByManyAtOnceIsOneRun() throws Exception {
    try (var server = SimulatorServer.start(Map.of("bad", "1", "key", "id"));
        var bench = Bench.in(directory).withInput("in.csv", 20);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      FlowRun failed = bench.end(bench.start(bench.add("in.csv", server.uri(), Map.of())));

      List<Future<FlowRun>> asked =
          IntStream.range(0, 10)
              .mapToObj(i -> threads.submit(() -> bench.works.retrigger(failed, "ann", "test")))
              .toList();
      var ids = new HashSet<String>();
      for (Future<FlowRun> one : asked) {
        ids.add(one.get().id());
      }

      assertThat(bench.catalog.retries(failed)).hasSize(1);
      // Whoever came when that was over already has got the retry of the retry.
      assertThat(ids).contains(bench.catalog.retries(failed).getFirst().id());
    }
  }

  @Test
  void cancelledRunEndsAndAccountsForTheRest() throws Exception {
    try (var server = SimulatorServer.start(Map.of("latency", "100ms", "key", "id"));
        var bench = Bench.in(directory).withInput("in.csv", 5_000)) {
      Flow flow = bench.add("in.csv", server.uri(), Map.of("batch-size", "5", "concurrency", "2"));
      FlowRun run = bench.start(flow);
      bench.await(run, one -> one.counts().delivered() > 0);
      assertThatThrownBy(() -> bench.start(flow))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is not over yet");

      bench.works.cancel(run);
      FlowRun end = bench.end(run);

      assertThat(end.state()).isEqualTo(State.FAILED);
      assertThat(end.error()).contains("cancelled");
      assertThat(end.counts().read()).isEqualTo(5_000);
      assertThat(end.counts().delivered() + end.counts().undelivered()).isEqualTo(5_000);
      assertThat(end.counts().unprocessed()).isPositive();
      assertThatThrownBy(() -> bench.works.cancel(end)).isInstanceOf(UserException.class);
    }
  }

  @Test
  void fourRunsGoOnAtOnce() throws Exception {
    try (var server = SimulatorServer.start(Map.of("latency", "20ms", "key", "id"));
        var bench = Bench.in(directory).withInput("in.csv", 400)) {
      var runs = new ArrayList<FlowRun>();
      for (int i = 0; i < 4; i++) {
        runs.add(bench.start(bench.add("in.csv", server.uri(), Map.of("batch-size", "10"))));
      }
      for (FlowRun run : runs) {
        assertThat(bench.end(run).state()).isEqualTo(State.SUCCESS);
      }
      assertThat(server.count(GroundTruth::received)).isEqualTo(1_600);
    }
  }

  @Test
  void nextProcessGoesOnWithWhatTheLastOneLeft() throws Exception {
    try (var server = SimulatorServer.start(Map.of("latency", "100ms", "key", "id"))) {
      FlowRun run;
      try (var bench = Bench.in(directory).withInput("in.csv", 2_000)) {
        Flow flow =
            bench.add("in.csv", server.uri(), Map.of("batch-size", "10", "concurrency", "2"));
        run = bench.start(flow);
        bench.await(run, one -> one.counts().delivered() > 0);
      }
      try (var bench = Bench.in(directory)) {
        FlowRun end = bench.end(run);

        assertThat(end.state()).isEqualTo(State.SUCCESS);
        assertThat(end.counts().delivered()).isEqualTo(2_000);
        assertThat(
                server.count(
                    truth ->
                        IntStream.rangeClosed(1, 2_000)
                            .filter(i -> truth.timesApplied("r" + i) > 0)
                            .count()))
            .isEqualTo(2_000);
      }
    }
  }

  @Test
  void filesElsewhereAreNotReadAndNotWritten() throws Exception {
    try (var bench = Bench.in(Files.createDirectory(directory.resolve("inside")))) {
      Files.writeString(directory.resolve("secret.csv"), "id\n1\n");
      Files.createSymbolicLink(
          directory.resolve("inside").resolve("link.csv"), directory.resolve("secret.csv"));
      for (String file : List.of("../secret.csv", "/etc/passwd", "link.csv", "../*.csv")) {
        assertThatThrownBy(
                () ->
                    bench.works.check(
                        Bench.TENANT, Bench.job(file, java.net.URI.create("http://x"), Map.of())))
            .describedAs(file)
            .isInstanceOf(UserException.class)
            .hasMessageContaining("may not be used by a flow");
      }
      assertThatThrownBy(
              () ->
                  bench.works.check(
                      Bench.TENANT,
                      "{source: {files: [a.csv]}, destination: {to: 'sqlite:/tmp/x.db'}}"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("/tmp/x.db may not be used by a flow");
    }
  }

  @Test
  void checkShowsTheFirstCallAndSendsNothing() throws Exception {
    try (var server = SimulatorServer.start(Map.of("key", "id"));
        var bench = Bench.in(directory).withInput("in.csv", 10)) {
      Works.Check check =
          bench.works.check(
              Bench.TENANT, Bench.job("in.csv", server.uri(), Map.of("batch-size", "2")));

      assertThat(check.columns()).containsExactly("id", "name");
      assertThat(check.call()).startsWith("POST " + server.uri()).contains("name of 2");
      assertThat(server.count(GroundTruth::calls)).isZero();
    }
  }

  @Test
  void presetsOfClientsLieWhereTheirFilesLie() throws Exception {
    Files.writeString(directory.resolve("crm.yaml"), "extends: hubspot\nsummary: Outside\n");
    try (var bench = Bench.in(Files.createDirectory(directory.resolve("inside")))) {
      Files.writeString(
          directory.resolve("inside/crm.yaml"), "extends: hubspot\nsummary: Inside\n");

      assertThat(bench.works.connectors().destination("preset:crm.yaml#contacts").summary())
          .startsWith("Inside");
      assertThatThrownBy(() -> bench.works.connectors().destination("preset:../crm.yaml#contacts"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("may not be used by a flow");
      assertThatThrownBy(
              () ->
                  bench.works.check(
                      Bench.TENANT,
                      "{source: {files: [a.csv]}, destination: {to: 'preset:../crm.yaml#contacts'}}"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("may not be used by a flow");
    }
  }

  @Test
  void presetIsCheckedLikeAnyDestination() throws Exception {
    try (var server = SimulatorServer.start(Map.of("key", "id"));
        var bench = Bench.in(directory).withInput("in.csv", 2)) {
      Works.Check check =
          bench.works.check(
              Bench.TENANT,
              "{source: {files: [in.csv]}, mapping: {key: id}, destination: {to: 'hubspot:contacts',"
                  + " options: {token: t0ken, base-url: '%s'}}}".formatted(server.uri()));

      assertThat(check.call())
          .startsWith("POST " + server.uri() + "/crm/v3/objects/contacts/batch/upsert")
          .contains("Bearer ***", "\"idProperty\":\"id\"")
          .doesNotContain("t0ken");
    }
  }
}
