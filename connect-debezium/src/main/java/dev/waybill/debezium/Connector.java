package dev.waybill.debezium;

import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.SourceInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/// Debezium's connector at work, as the task of Kafka Connect that it is.
///
/// It is run without Debezium's engine: that keeps offsets on its own schedule, and would have it
/// begin at one of them, where this one is told at each beginning that there is none. So it reads
/// from where the slot stands, and the slot is moved only by [#confirm].
final class Connector implements AutoCloseable {

  private final PostgresConnectorTask task = new PostgresConnectorTask();

  /// What is to be confirmed, while it is being confirmed.
  private volatile long confirming = -1;

  /// Connects; makes the slot, if its configuration says so.
  ///
  /// @throws RuntimeException of many kinds, if it can not
  Connector(Map<String, String> configuration) {
    task.initialize(new Context(configuration));
    try {
      task.start(configuration);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Waits a little for records.
  ///
  /// @throws RuntimeException of many kinds, if the log can not be read on
  List<SourceRecord> poll() throws InterruptedException {
    List<SourceRecord> records = task.poll();
    return records == null ? List.of() : records;
  }

  /// Tells the server that its log is read up to here. It may do nothing as long as nothing has
  /// come.
  void confirm(long end) {
    confirming = end;
    try {
      task.performCommit();
    } finally {
      confirming = -1;
    }
  }

  @Override
  public void close() {
    try {
      task.stop();
    } catch (RuntimeException e) {
      // it is gone, or was never there
    }
  }

  private final class Context implements SourceTaskContext, OffsetStorageReader {

    private final Map<String, String> configuration;

    Context(Map<String, String> configuration) {
      this.configuration = configuration;
    }

    @Override
    public Map<String, String> configs() {
      return configuration;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return this;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new UnsupportedOperationException("Debezium keeps its figures elsewhere");
    }

    @Override
    public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
      long end = confirming;
      return end < 0
          ? null
          : Map.of(
              SourceInfo.LSN_KEY,
              end,
              PostgresOffsetContext.LAST_COMMIT_LSN_KEY,
              end,
              PostgresOffsetContext.LAST_COMPLETELY_PROCESSED_LSN_KEY,
              end);
    }

    /// Of a partition that has none it says nothing.
    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      var offsets = new HashMap<Map<String, T>, Map<String, Object>>();
      for (Map<String, T> partition : partitions) {
        Map<String, Object> offset = offset(partition);
        if (offset != null) {
          offsets.put(partition, offset);
        }
      }
      return offsets;
    }
  }
}
