package dev.waybill.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Disposition;
import dev.waybill.UserException;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.run.LiveStanding;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.State;
import dev.waybill.server.work.TrickleProvider.Topic;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Flows that go on until they are stopped, in the service.
final class LiveFlowTest {

  @TempDir Path directory;

  @Test
  void liveRunGoesOnUntilItIsCancelledAndListsWhatItParked() throws Exception {
    Topic topic = TrickleProvider.topic("orders");
    try (var server = SimulatorServer.start(Map.of("bad", "id contains 7", "key", "id"));
        var bench = Bench.in(directory)) {
      Flow flow = bench.add("trickle:orders", server.uri(), Map.of("batch-size", "10"));
      String job = flow.job().replaceFirst("\\{", "{\"live\":{\"park-after\":\"1s\"},");
      FlowRun run = bench.start(bench.change(flow, job));
      add(topic, 1, 20);
      FlowRun some =
          bench.await(run, now -> now.counts().delivered() + now.counts().rejected() == 20);
      LiveStanding standing = bench.works.standing(run).orElseThrow();
      add(topic, 21, 30);
      bench.await(run, now -> now.counts().delivered() + now.counts().rejected() == 30);

      bench.works.cancel(run);
      FlowRun over = bench.end(run);

      assertThat(some.state()).isEqualTo(State.RUNNING);
      assertThat(standing.lag().behind()).isZero();
      assertThat(over.counts().delivered()).isEqualTo(27);
      assertThat(over.counts().rejected()).isEqualTo(3);
      assertThat(
              bench
                  .works
                  .records(over, EnumSet.allOf(Disposition.class), null, null, 10, null)
                  .items())
          .extracting(ItemRecord::key)
          .containsExactly("r7", "r17", "r27");
      assertThat(topic.settled()).isEqualTo(30);
      assertThatThrownBy(() -> bench.works.retrigger(over, "ann", "test"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("only runs of batch sources can be triggered again");
    }
  }

  @Test
  void liveRunGoesOnAsTheSameRunWhenTheServiceIsStartedAgain() throws Exception {
    Topic topic = TrickleProvider.topic("restarted");
    try (var server = SimulatorServer.start(Map.of("key", "id"))) {
      FlowRun run;
      try (var bench = Bench.in(directory)) {
        run = bench.start(bench.add("trickle:restarted", server.uri(), Map.of()));
        add(topic, 1, 50);
        bench.await(run, now -> now.counts().delivered() == 50);
      }
      add(topic, 51, 80);

      try (var bench = Bench.in(directory)) {
        FlowRun goesOn = bench.await(run, now -> now.counts().delivered() == 80);

        assertThat(goesOn.state()).isEqualTo(State.RUNNING);
        assertThat(server.count(GroundTruth::applied)).isEqualTo(80);
      }
    }
  }

  @Test
  void liveRunsDoNotKeepOthersWaiting() throws Exception {
    try (var server = SimulatorServer.start(Map.of("key", "id"));
        var bench = Bench.in(directory, 1).withInput("in.csv", 10)) {
      FlowRun live = bench.start(bench.add("trickle:idle", server.uri(), Map.of()));
      bench.await(live, now -> bench.works.standing(now).isPresent());

      FlowRun batch = bench.end(bench.start(bench.add("in.csv", server.uri(), Map.of())));

      assertThat(batch.state()).isEqualTo(State.SUCCESS);
    }
  }

  private static void add(Topic topic, int first, int last) {
    for (int i = first; i <= last; i++) {
      topic.add("r" + i);
    }
  }
}
