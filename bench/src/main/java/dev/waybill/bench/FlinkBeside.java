package dev.waybill.bench;

import dev.waybill.flink.Waybill;
import dev.waybill.flink.WhenUndelivered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/// Waybill inside Flink, as a sink and with receipts, beside Flink's own `AsyncSinkBase` making the
/// same calls, turn by turn in one process: without faults, with a limit of calls that neither
/// knows, and with one bad record in a hundred that makes its call fail; and how it scales from one
/// subtask to two when calls are what takes the time.
///
/// Arguments: how many records (1000000 if left out), in how many rounds (3), and the cases
/// (`none`, `throttled`, `refused`, `scaling`; all). Uses all processors: run it with `CORE=all`.
public final class FlinkBeside {

  private static final int BATCH = 100;
  private static final Duration CHECKPOINTS = Duration.ofSeconds(1);

  private enum Way {
    ASYNC_SINK,
    WAYBILL_SINK,
    WAYBILL_RECEIPTS
  }

  private enum Case {
    NONE,
    THROTTLED,
    REFUSED,
    SCALING
  }

  private static FlinkService service(Case which) {
    return switch (which) {
      // Calls take so little that the sinks are what is measured.
      case NONE -> new FlinkService(Duration.ofMillis(1), 0, 0);
      // A thousand calls a second, of which neither knows.
      case THROTTLED -> new FlinkService(Duration.ofMillis(5), 250, 0);
      // One record in a hundred, so two of three calls have one.
      case REFUSED -> new FlinkService(Duration.ofMillis(5), 0, 100);
      case SCALING -> new FlinkService(Duration.ofMillis(20), 0, 0);
    };
  }

  private final int records;
  private final int rounds;

  private FlinkBeside(int records, int rounds) {
    this.records = records;
    this.rounds = rounds;
  }

  public static void main(String[] arguments) throws Exception {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    List<String> cases =
        arguments.length > 2
            ? List.of(arguments).subList(2, arguments.length)
            : List.of("none", "throttled", "refused", "scaling");
    System.out.printf(
        "%,d records of 180 characters, batches of %d; %s%n", records, BATCH, Spent.surroundings());
    for (String name : cases) {
      switch (Case.valueOf(name.toUpperCase(Locale.ROOT))) {
        case NONE -> new FlinkBeside(records, rounds).race(Case.NONE);
        case THROTTLED -> new FlinkBeside(records / 3, rounds).race(Case.THROTTLED);
        // Sent one by one it takes a hundred times as many calls.
        case REFUSED -> new FlinkBeside(records / 50, rounds).race(Case.REFUSED);
        case SCALING -> new FlinkBeside(records / 5, rounds).scale();
      }
    }
    System.out.println(Spent.surroundings());
  }

  /// What one turn took.
  ///
  /// @param seconds from the first call to the last answer
  /// @param cpuSeconds of all of it, the start of the cluster included
  private record Lap(double seconds, double cpuSeconds, long calls) {}

  private void race(Case which) throws Exception {
    Map<Way, List<Lap>> laps = new EnumMap<>(Way.class);
    for (int round = 0; round <= rounds; round++) {
      List<Way> ways = new ArrayList<>(List.of(Way.values()));
      Collections.rotate(ways, round);
      for (Way way : ways) {
        Lap lap = lap(way, service(which), 2, 32);
        System.out.printf(
            "%-9s %-8s %-16s %,9.0f records/s, %,9.0f records/CPU s, %,d calls%n",
            which.name().toLowerCase(Locale.ROOT),
            round == 0 ? "warm-up" : "round " + round,
            way,
            records / lap.seconds(),
            records / lap.cpuSeconds(),
            lap.calls());
        if (round > 0) {
          laps.computeIfAbsent(way, unseen -> new ArrayList<>()).add(lap);
        }
      }
    }
    for (Way way : List.of(Way.WAYBILL_SINK, Way.WAYBILL_RECEIPTS)) {
      List<Lap> own = laps.getOrDefault(way, List.of());
      List<Lap> base = laps.getOrDefault(Way.ASYNC_SINK, List.of());
      var byClock = new double[own.size()];
      var byProcessor = new double[own.size()];
      for (int i = 0; i < own.size(); i++) {
        byClock[i] = base.get(i).seconds() / own.get(i).seconds();
        byProcessor[i] = base.get(i).cpuSeconds() / own.get(i).cpuSeconds();
      }
      System.out.printf(
          "%-9s %s to ASYNC_SINK, medians of the rounds' ratios: %.2f by the clock, %.2f by processor"
              + " time%n",
          which.name().toLowerCase(Locale.ROOT),
          way,
          Spent.median(byClock),
          Spent.median(byProcessor));
    }
  }

  private void scale() throws Exception {
    for (int round = 0; round <= rounds; round++) {
      var perSecond = new double[2];
      for (int parallelism = 1; parallelism <= 2; parallelism++) {
        Lap lap = lap(Way.WAYBILL_RECEIPTS, service(Case.SCALING), parallelism, 8 * parallelism);
        perSecond[parallelism - 1] = records / lap.seconds();
      }
      System.out.printf(
          "scaling   %-8s 1 subtask %,9.0f records/s, 2 subtasks %,9.0f records/s: %.2f%n",
          round == 0 ? "warm-up" : "round " + round,
          perSecond[0],
          perSecond[1],
          perSecond[1] / perSecond[0]);
    }
  }

  private Lap lap(Way way, FlinkService service, int parallelism, int inFlight) throws Exception {
    var settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
    var environment = StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    DataStream<String> stream =
        environment
            .fromSource(
                new NumberSequenceSource(1, records), WatermarkStrategy.noWatermarks(), "numbers")
            .map(FlinkBeside::record)
            .returns(Types.STRING);
    long nanos = service.latency().toNanos();
    int callsPerWindow = service.callsPerWindow();
    int badEach = service.badEach();
    Waybill<String> waybill =
        Waybill.named(
                "bench",
                () ->
                    new FlinkDestination(
                        new FlinkService(Duration.ofNanos(nanos), callsPerWindow, badEach)))
            .policy(policy -> policy.batchItems(BATCH).inFlight(inFlight));
    switch (way) {
      case ASYNC_SINK -> stream.sinkTo(new FlinkAsyncSink(service, BATCH, inFlight / parallelism));
      case WAYBILL_SINK ->
          stream.sinkTo(waybill.sink(Types.STRING).whenUndelivered(WhenUndelivered.COUNT));
      case WAYBILL_RECEIPTS -> waybill.deliver(stream).sinkTo(new DiscardingSink<>());
    }
    FlinkService.reset();
    Spent spent = Spent.on(environment::execute);
    long applied = FlinkService.applied();
    if (badEach == 0 ? applied != records : applied < records * 0.97) {
      throw new IllegalStateException(way + " delivered " + applied);
    }
    return new Lap(FlinkService.seconds(), spent.cpuSeconds(), FlinkService.calls());
  }

  private static String record(long number) {
    String id = Long.toString(number);
    return id + ",contact-" + id + "@example.com," + "some text of a contact. ".repeat(6);
  }
}
