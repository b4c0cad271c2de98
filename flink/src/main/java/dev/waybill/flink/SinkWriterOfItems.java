package dev.waybill.flink;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.delivery.Policy;
import dev.waybill.flink.wire.HoldingCodec;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/// The writer of [WaybillSink]: an engine on the mailbox of the sink's task.
final class SinkWriterOfItems<IN, T> implements StatefulSinkWriter<IN, byte[]> {

  private final Entrance<IN, T> entrance;
  private final WhenUndelivered whenUndelivered;
  private final Counter sent;
  private final Counter errors;
  private final Counter undelivered;
  private final Delivering<T> delivering;

  SinkWriterOfItems(
      Plan<T> plan,
      Entrance<IN, T> entrance,
      WhenUndelivered whenUndelivered,
      HoldingCodec<T> codec,
      WriterInitContext context,
      Collection<byte[]> state)
      throws IOException {
    TaskInfo task = context.getTaskInfo();
    if (plan.order() == Policy.Order.PER_KEY && task.getNumberOfParallelSubtasks() > 1) {
      throw new UserException(
          "A sink keeps order in one subtask only: set its parallelism to 1, or use"
              + " Waybill.deliver().");
    }
    this.entrance = entrance;
    this.whenUndelivered = whenUndelivered;
    this.sent = context.metricGroup().getNumRecordsSendCounter();
    this.errors = context.metricGroup().getNumRecordsSendErrorsCounter();
    MetricGroup metrics = context.metricGroup().addGroup("waybill");
    this.undelivered = metrics.counter("undelivered");
    this.delivering =
        new Delivering<>(
            plan,
            new Share(task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks()),
            context.getMailboxExecutor(),
            context.getProcessingTimeService(),
            codec,
            this::settled);
    delivering.takeUp(state, item -> true);
  }

  private void settled(Settlement<T> settlement) {
    int count = settlement.items().size();
    if (settlement.disposition() == Disposition.DELIVERED) {
      sent.inc(count);
      return;
    }
    errors.inc(count);
    undelivered.inc(count);
    if (whenUndelivered == WhenUndelivered.FAIL) {
      Item<T> first = settlement.items().getFirst();
      throw new UserException(
          "The record %sis %s: %s."
              .formatted(
                  first.key() == null ? "" : "with the key '" + first.key() + "' ",
                  settlement.disposition().name().toLowerCase(java.util.Locale.ROOT),
                  settlement.reason()));
    }
  }

  @Override
  public void write(IN element, Context context) throws InterruptedException {
    delivering.enter(element, entrance);
  }

  /// At a checkpoint nothing has to be sent first: what is held is in the state.
  @Override
  public void flush(boolean endOfInput) throws InterruptedException {
    if (endOfInput) {
      delivering.drain();
    }
  }

  @Override
  public List<byte[]> snapshotState(long checkpoint) throws IOException {
    return delivering.held();
  }

  @Override
  public void close() {
    delivering.close();
  }
}
