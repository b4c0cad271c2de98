package dev.waybill.flink;

import dev.waybill.Item;
import dev.waybill.Receipt;
import dev.waybill.flink.wire.HoldingCodec;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/// Makes the operator of each subtask, and its coordinator on the job manager.
final class DeliveryOperatorFactory<IN, T> extends AbstractStreamOperatorFactory<Receipt<T>>
    implements OneInputStreamOperatorFactory<IN, Receipt<T>>,
        CoordinatedOperatorFactory<Receipt<T>> {

  private static final long serialVersionUID = 1;

  private final Plan<T> plan;
  private final Entrance<IN, T> entrance;
  private final TypeSerializer<Item<T>> items;

  DeliveryOperatorFactory(Plan<T> plan, Entrance<IN, T> entrance, TypeSerializer<Item<T>> items) {
    this.plan = plan;
    this.entrance = entrance;
    this.items = items;
  }

  @Override
  public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID operator) {
    return new SharedGate.Provider(operator);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
  public <O extends StreamOperator<Receipt<T>>> O createStreamOperator(
      StreamOperatorParameters<Receipt<T>> parameters) {
    OperatorID id = parameters.getStreamConfig().getOperatorID();
    OperatorEventDispatcher events = parameters.getOperatorEventDispatcher();
    var operator =
        new DeliveryOperator<>(
            parameters,
            plan,
            entrance,
            new HoldingCodec<>(items.duplicate()),
            events.getOperatorEventGateway(id));
    events.registerEventHandler(id, operator);
    return (O) operator;
  }

  @Override
  @SuppressWarnings("rawtypes") // as Flink declares it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return DeliveryOperator.class;
  }
}
