package dev.waybill.flink;

import dev.waybill.Item;
import dev.waybill.Receipt;
import dev.waybill.delivery.Policy;
import dev.waybill.flink.wire.ItemSerializer;
import dev.waybill.flink.wire.Parcel;
import dev.waybill.flink.wire.ValueType;
import java.time.Duration;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/// A delivery inside a Flink job: batches, retries, limits and doubt are handled as everywhere in
/// Waybill, and each record comes out with its receipt.
///
/// ```java
/// SingleOutputStreamOperator<Receipt<Fields>> receipts =
///     Waybill.named("crm", () -> openCrm())
///         .key(contact -> contact.text("email"))
///         .policy(policy -> policy.callsPerSecond(50))
///         .deliver(contacts);
/// receipts.filter(receipt -> receipt.disposition() != Disposition.DELIVERED).sinkTo(undelivered);
/// ```
///
/// Every record has exactly one receipt, after failovers too. Records that were sent after the last
/// checkpoint may be sent again after a failover: the effect is exactly once where the destination
/// is idempotent. Checkpoints must be enabled for any of this. Immutable.
public final class Waybill<T> {

  /// How long an item waits for its batch to fill: a stream may pause for ever.
  private static final Duration LINGER = Duration.ofMillis(100);

  private final Plan<T> plan;
  private final KeyOf<T> key;

  private Waybill(Plan<T> plan, KeyOf<T> key) {
    this.plan = plan;
    this.key = key;
  }

  /// A delivery to a destination.
  ///
  /// @param name names it in Flink, and the run in idempotency keys; the same when the job is
  ///   started from a savepoint
  /// @param destination opens it, once in each subtask
  public static <T> Waybill<T> named(String name, Opener<T> destination) {
    return new Waybill<>(
        new Plan<>(name, destination, suggested(), Policy.Order.UNORDERED, WhenGivenUp.FAIL),
        payload -> null);
  }

  /// How to send, over all subtasks together: each has its share of the calls at a time and of the
  /// rates. An item waits up to 100 ms for its batch unless changed here.
  public Waybill<T> policy(PolicyChange change) {
    return policyOf(traits -> change.apply(Policy.forTraits(traits).linger(LINGER)).build());
  }

  /// How to send, over all subtasks together, said in full.
  public Waybill<T> policyOf(PolicyOf policy) {
    return new Waybill<>(
        new Plan<>(plan.name(), plan.opener(), policy, plan.order(), plan.whenGivenUp()), key);
  }

  private static PolicyOf suggested() {
    return traits -> Policy.forTraits(traits).linger(LINGER).build();
  }

  /// What names a record: by it order is kept where that is asked for, and doubt settled by asking.
  public Waybill<T> key(KeyOf<T> keyOf) {
    return new Waybill<>(plan, keyOf);
  }

  /// Records of one key arrive in the order in which they come, and so they all go through one
  /// subtask.
  public Waybill<T> keepingOrder() {
    return new Waybill<>(
        new Plan<>(
            plan.name(), plan.opener(), plan.policy(), Policy.Order.PER_KEY, plan.whenGivenUp()),
        key);
  }

  /// What to do when the destination is given up; the job fails unless changed.
  public Waybill<T> whenGivenUp(WhenGivenUp choice) {
    return new Waybill<>(
        new Plan<>(plan.name(), plan.opener(), plan.policy(), plan.order(), choice), key);
  }

  /// Delivers the records of a stream.
  ///
  /// @return a receipt for each of them, as soon as it has come to its end; its parallelism is that
  ///   of the delivery
  public SingleOutputStreamOperator<Receipt<T>> deliver(DataStream<T> records) {
    KeyOf<T> keyOf = key;
    DataStream<T> input =
        plan.order() == Policy.Order.PER_KEY
            ? records.keyBy(record -> Partition.of(keyOf.of(record)))
            : records;
    return deliver(
        input,
        records.getType(),
        (record, ordinal, intake) ->
            intake.accept(new Item<>(ordinal, keyOf.of(record), record, null)));
  }

  /// Delivers items that have ordinals and keys already, as sources of Waybill make them. An item
  /// that has the same ordinal whenever its source is read has the same idempotency key too.
  ///
  /// @param payloads the type of what the destination is given
  public SingleOutputStreamOperator<Receipt<T>> deliverItems(
      DataStream<Item<T>> items, TypeInformation<T> payloads) {
    DataStream<Item<T>> input =
        plan.order() == Policy.Order.PER_KEY ? items.keyBy(item -> Partition.of(item)) : items;
    return deliver(input, payloads, (item, ordinal, intake) -> intake.accept(item));
  }

  /// Delivers what a source of Waybill reads; what was refused has its receipt too.
  ///
  /// @param payloads the type of what the destination is given
  public SingleOutputStreamOperator<Receipt<T>> deliverParcels(
      DataStream<Parcel<T>> parcels, TypeInformation<T> payloads) {
    DataStream<Parcel<T>> input =
        plan.order() == Policy.Order.PER_KEY
            ? parcels.keyBy(parcel -> Partition.of(parcel.item()))
            : parcels;
    return deliver(
        input,
        payloads,
        (parcel, ordinal, intake) -> {
          if (parcel.refusal() == null) {
            intake.accept(parcel.item());
          } else {
            intake.refuse(parcel.item(), parcel.refusal());
          }
        });
  }

  private <IN> SingleOutputStreamOperator<Receipt<T>> deliver(
      DataStream<IN> input, TypeInformation<T> payloads, Entrance<IN, T> entrance) {
    SerializerConfig config = input.getExecutionEnvironment().getConfig().getSerializerConfig();
    var items = new ItemSerializer<>(payloads.createSerializer(config));
    return input
        .transform(
            plan.name(),
            ValueType.receipts(payloads),
            new DeliveryOperatorFactory<>(plan, entrance, items))
        .uid(plan.name());
  }

  /// The same as a sink, for places where Flink wants one. It counts receipts instead of giving
  /// them out, and fails the job on the first record that was not delivered.
  ///
  /// @param payloads the type of the records
  public WaybillSink<T> sink(TypeInformation<T> payloads) {
    return new WaybillSink<>(plan, key, payloads, WhenUndelivered.FAIL);
  }
}
