package dev.waybill.flink;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.flink.wire.ValueType;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/// Jobs for a cluster inside this process, which is started once for all tests.
public final class LocalCluster {

  private static final int SLOTS = 4;

  /// Goes away with the process.
  private static @Nullable MiniCluster cluster;

  private static final FieldNames NAMES = FieldNames.of("id", "email");

  private LocalCluster() {}

  /// A job that takes checkpoints often and restarts at once.
  public static StreamExecutionEnvironment environment(int parallelism) {
    var settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, java.time.Duration.ofMillis(50));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, java.time.Duration.ofMillis(10));
    URI rest = cluster().getRestAddress().join();
    var environment =
        StreamExecutionEnvironment.createRemoteEnvironment(
            rest.getHost(), rest.getPort(), settings);
    environment.setParallelism(parallelism);
    return environment;
  }

  private static synchronized MiniCluster cluster() {
    if (cluster == null) {
      var settings = new Configuration();
      settings.set(RestOptions.BIND_PORT, "0");
      settings.set(RestOptions.ADDRESS, "localhost");
      cluster =
          new MiniCluster(
              new MiniClusterConfiguration.Builder()
                  .setConfiguration(settings)
                  .setNumTaskManagers(1)
                  .setNumSlotsPerTaskManager(SLOTS)
                  .build());
      try {
        cluster.start();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    return cluster;
  }

  /// Contacts number 1 to `count`.
  static DataStream<Fields> contacts(StreamExecutionEnvironment environment, long count) {
    return environment
        .fromSource(new NumberSequenceSource(1, count), WatermarkStrategy.noWatermarks(), "numbers")
        .map(LocalCluster::contact)
        .returns(ValueType.FIELDS);
  }

  static Fields contact(long number) {
    return Fields.of(NAMES, number, "contact-" + number + "@example.com");
  }

  /// Fails the job once, at a record, but not before a checkpoint is complete.
  static final class FailsOnce implements MapFunction<Fields, Fields>, CheckpointListener {

    private static final long serialVersionUID = 1;

    /// Of the job that runs in this process; to be set to false before it starts.
    static final AtomicBoolean FAILED = new AtomicBoolean();

    private final long from;
    private boolean complete;

    FailsOnce(long from) {
      this.from = from;
    }

    @Override
    public Fields map(Fields contact) {
      if (complete
          && contact.get("id") instanceof Long id
          && id >= from
          && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("a failure that the test wants");
      }
      return contact;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      complete = true;
    }
  }
}
