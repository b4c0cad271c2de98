package dev.waybill.flink;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Receipt;
import dev.waybill.Settlement;
import dev.waybill.delivery.Policy;
import dev.waybill.flink.wire.HoldingCodec;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/// Delivers what comes in, and gives out a receipt for each item. At a checkpoint an item either is
/// in the state, or its receipt has gone out before the barrier.
final class DeliveryOperator<IN, T> extends AbstractStreamOperator<Receipt<T>>
    implements OneInputStreamOperator<IN, Receipt<T>>, BoundedOneInput, OperatorEventHandler {

  private static final long serialVersionUID = 1;

  private static final ListStateDescriptor<byte[]> HELD =
      new ListStateDescriptor<>("held", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final ListStateDescriptor<long[]> COUNTS =
      new ListStateDescriptor<>("ends", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private final transient Plan<T> plan;
  private final transient Entrance<IN, T> entrance;
  private final transient HoldingCodec<T> codec;
  private final transient MailboxExecutor mailbox;
  private final transient OperatorEventGateway coordinator;
  private transient @Nullable Delivering<T> delivering;
  private transient @Nullable Ends ends;
  private transient @Nullable ListState<byte[]> held;
  private transient @Nullable ListState<long[]> counts;

  DeliveryOperator(
      StreamOperatorParameters<Receipt<T>> parameters,
      Plan<T> plan,
      Entrance<IN, T> entrance,
      HoldingCodec<T> codec,
      OperatorEventGateway coordinator) {
    super(parameters);
    this.plan = plan;
    this.entrance = entrance;
    this.codec = codec;
    this.mailbox = parameters.getMailboxExecutor();
    this.coordinator = coordinator;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    TaskInfo task = getRuntimeContext().getTaskInfo();
    var counting = new Ends(getRuntimeContext(), getMetricGroup().addGroup("waybill"));
    var here =
        new Delivering<>(
            plan,
            new Share(task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks()),
            mailbox,
            getProcessingTimeService(),
            codec,
            this::settled);
    here.tellRestsTo(
        (time, reason) ->
            coordinator.sendEventToCoordinator(new GateClosed(time.toMillis(), reason.toString())));
    ends = counting;
    delivering = here;
    OperatorStateStore state = context.getOperatorStateStore();
    boolean ordered = plan.order() == Policy.Order.PER_KEY;
    held = ordered ? state.getUnionListState(HELD) : state.getListState(HELD);
    counts = state.getListState(COUNTS);
    for (long[] sums : counts.get()) {
      counting.takeUp(sums);
    }
  }

  /// What the state holds is taken up once receipts can go out.
  @Override
  public void open() throws Exception {
    super.open();
    TaskInfo task = getRuntimeContext().getTaskInfo();
    Predicate<Item<T>> mine =
        plan.order() == Policy.Order.PER_KEY ? item -> isOf(item, task) : item -> true;
    here().takeUp(state(held).get(), mine);
  }

  private static boolean isOf(Item<?> item, TaskInfo task) {
    return task.getIndexOfThisSubtask()
        == KeyGroupRangeAssignment.assignKeyToParallelOperator(
            Partition.of(item),
            task.getMaxNumberOfParallelSubtasks(),
            task.getNumberOfParallelSubtasks());
  }

  @Override
  public void processElement(StreamRecord<IN> element) throws Exception {
    here().enter(element.getValue(), entrance);
  }

  @Override
  public void endInput() throws Exception {
    here().drain();
    counting().update(here().engine().tally());
    counting().ended();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state(held).update(here().held());
    counting().update(here().engine().tally());
    state(counts).update(List.of(counting().counts()));
  }

  @Override
  public OperatorSnapshotFutures snapshotState(
      long checkpoint, long timestamp, CheckpointOptions options, CheckpointStreamFactory streams)
      throws Exception {
    OperatorSnapshotFutures futures = super.snapshotState(checkpoint, timestamp, options, streams);
    if (options.getCheckpointType() instanceof SavepointType savepoint
        && savepoint.isSynchronous()
        && !savepoint.shouldDrain()) {
      // The job stops with this savepoint, or fails: what it sent now would be sent again.
      here().end();
    }
    return futures;
  }

  private void settled(Settlement<T> settlement) {
    counting().update(here().engine().tally());
    var element = new StreamRecord<Receipt<T>>(null);
    for (Receipt<T> receipt : settlement.receipts()) {
      output.collect(element.replace(receipt));
    }
  }

  @Override
  public void handleOperatorEvent(OperatorEvent event) {
    if (event instanceof GateClosed(long millis, String why) && delivering != null) {
      delivering.rest(Duration.ofMillis(millis), Reason.of(why));
    }
  }

  @Override
  public void close() throws Exception {
    if (delivering != null) {
      delivering.close();
    }
    super.close();
  }

  private Delivering<T> here() {
    return state(delivering);
  }

  private Ends counting() {
    return state(ends);
  }

  private static <S> S state(@Nullable S initialized) {
    if (initialized == null) {
      throw new IllegalStateException("Flink initializes an operator before it uses it");
    }
    return initialized;
  }
}
