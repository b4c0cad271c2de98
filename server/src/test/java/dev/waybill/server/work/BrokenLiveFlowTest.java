package dev.waybill.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.UserException;
import dev.waybill.ledger.RunHeader;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.State;
import dev.waybill.server.work.TrickleProvider.Topic;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import dev.waybill.spi.SourceIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Live flows in the service whose source breaks.
final class BrokenLiveFlowTest {

  @TempDir Path directory;

  @Test
  void runWhoseSourceCanNotBeReadIsGivenBackAndCanBeCancelled() throws Exception {
    Topic topic = TrickleProvider.topic("unreadable");
    topic.breaks = new UserException("The user may not read the topic.");
    try (var server = SimulatorServer.start(Map.of("key", "id"));
        var bench = Bench.in(directory)) {
      FlowRun run = bench.start(bench.add("trickle:unreadable", server.uri(), Map.of()));
      while (bench.ledger.run(run.id()).map(RunRecord::status).orElse(RunStatus.RUNNING)
          != RunStatus.INTERRUPTED) {
        Thread.onSpinWait();
      }
      bench.works.cancel(run);
      FlowRun over = bench.end(run);

      assertThat(over.state()).isEqualTo(State.FAILED);
      assertThat(over.error()).contains("The user may not read the topic.");
    }
  }

  @Test
  void nextRunGoesOnWhereOneThatMetABugBrokeOff() throws Exception {
    Topic topic = TrickleProvider.topic("buggy");
    try (var server = SimulatorServer.start(Map.of("key", "id"));
        var bench = Bench.in(directory)) {
      Flow flow = bench.add("trickle:buggy", server.uri(), Map.of());
      FlowRun first = bench.start(flow);
      topic.add("r1");
      bench.await(first, now -> now.counts().delivered() == 1);
      topic.breaks = new IllegalStateException("a bug in the source");
      FlowRun failed = bench.end(first);
      topic.breaks = null;
      topic.add("r2");
      FlowRun second = bench.start(flow);
      bench.await(second, now -> now.counts().delivered() == 1);

      assertThat(failed.state()).isEqualTo(State.FAILED);
      assertThat(failed.error()).contains("a bug in the source");
      assertThat(server.count(GroundTruth::applied)).isEqualTo(2);
    }
  }

  @Test
  void runWhoseProcessEndedRightAfterItsFirstWordInTheLedgerGoesOn() throws Exception {
    Topic topic = TrickleProvider.topic("short-lived");
    topic.add("r1");
    try (var server = SimulatorServer.start(Map.of("key", "id"));
        var bench = Bench.in(directory)) {
      Flow flow = bench.add("trickle:short-lived", server.uri(), Map.of());
      var id = "begun-and-no-more";
      bench
          .ledger
          .begin(
              new RunHeader(
                  id,
                  null,
                  flow.name(),
                  Instant.EPOCH,
                  SourceIdentity.NONE,
                  "trickle:short-lived",
                  server.uri().toString(),
                  "calls",
                  "{}",
                  List.of("id")))
          .close();
      FlowRun run =
          bench.catalog.enqueue(
              new FlowRun(
                  id,
                  flow.tenant(),
                  flow.id(),
                  1,
                  null,
                  FlowRun.Trigger.HAND,
                  State.QUEUED,
                  null,
                  null,
                  FlowRun.Counts.NONE,
                  null,
                  false,
                  flow.stamp()));

      assertThat(bench.await(run, now -> now.counts().delivered() == 1).state())
          .isEqualTo(State.RUNNING);
    }
  }
}
