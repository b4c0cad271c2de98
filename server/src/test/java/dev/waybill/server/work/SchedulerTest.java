package dev.waybill.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.Schedule;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.sim.SimulatorServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SchedulerTest {

  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  @TempDir Path directory;

  @Test
  void timesThatPassedUnseenCountAsOneAndAFlowUnderWayIsLeftOut() throws Exception {
    try (var server = SimulatorServer.start(Map.of("latency", "2s", "key", "id"));
        var bench = Bench.in(directory).withInput("in.csv", 10)) {
      var flow =
          new Flow(
              UUID.randomUUID().toString(),
              Bench.TENANT,
              "hourly",
              null,
              Bench.job("in.csv", server.uri(), Map.of()),
              FlowOptions.USUAL,
              new Schedule.Every(START, Duration.ofHours(1)),
              true,
              null,
              "{}",
              new Stamp(1, START, START, "ann", "ann", "test"));
      bench.catalog.add(flow);
      var leftOut = new ArrayList<String>();

      scheduler(bench, START.plus(Duration.ofHours(5)), leftOut).turn();

      List<FlowRun> runs = bench.catalog.runs(Bench.TENANT, Query.newest(9)).items();
      assertThat(runs).hasSize(1);
      assertThat(runs.getFirst().trigger()).isEqualTo(FlowRun.Trigger.SCHEDULE);
      assertThat(bench.catalog.nextDue(flow)).contains(START.plus(Duration.ofHours(6)));

      scheduler(bench, START.plus(Duration.ofHours(6)), leftOut).turn();

      assertThat(leftOut).hasSize(1);
      assertThat(leftOut.getFirst()).contains("is not over yet");
      assertThat(bench.catalog.runs(Bench.TENANT, Query.newest(9)).items()).hasSize(1);
      bench.end(runs.getFirst());
    }
  }

  private static Scheduler scheduler(Bench bench, Instant now, List<String> leftOut) {
    return new Scheduler(
        bench.catalog,
        bench.works,
        (flow, why) -> leftOut.add(why),
        Clock.fixed(now, ZoneOffset.UTC));
  }
}
