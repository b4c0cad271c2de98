package dev.waybill.flink;

import dev.waybill.Item;
import dev.waybill.flink.wire.HoldingCodec;
import dev.waybill.flink.wire.ItemSerializer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/// A delivery as a Flink sink: `records.sinkTo(waybill.sink(type))`. What is buffered, in flight or
/// waiting is in the checkpoint.
///
/// Where receipts are wanted use [Waybill#deliver]. A sink has no coordinator, so a `Retry-After`
/// closes the gate of the subtask that heard it alone, and order can not be kept over several
/// subtasks.
public final class WaybillSink<T> implements Sink<T>, SupportsWriterState<T, byte[]> {

  private static final long serialVersionUID = 1;

  private final Plan<T> plan;
  private final KeyOf<T> key;
  private final TypeInformation<T> payloads;
  private final WhenUndelivered whenUndelivered;

  WaybillSink(
      Plan<T> plan, KeyOf<T> key, TypeInformation<T> payloads, WhenUndelivered whenUndelivered) {
    this.plan = plan;
    this.key = key;
    this.payloads = payloads;
    this.whenUndelivered = whenUndelivered;
  }

  /// What to do with a record that was not delivered.
  public WaybillSink<T> whenUndelivered(WhenUndelivered choice) {
    return new WaybillSink<>(plan, key, payloads, choice);
  }

  @Override
  public StatefulSinkWriter<T, byte[]> createWriter(WriterInitContext context) throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<T, byte[]> restoreWriter(
      WriterInitContext context, Collection<byte[]> state) throws IOException {
    KeyOf<T> keyOf = key;
    var items = new ItemSerializer<>(payloads.createSerializer(new SerializerConfigImpl()));
    return new SinkWriterOfItems<>(
        plan,
        (record, ordinal, intake) ->
            intake.accept(new Item<>(ordinal, keyOf.of(record), record, null)),
        whenUndelivered,
        new HoldingCodec<>(items),
        context,
        state);
  }

  @Override
  public SimpleVersionedSerializer<byte[]> getWriterStateSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(byte[] held) {
        return held;
      }

      @Override
      public byte[] deserialize(int version, byte[] held) {
        return held;
      }
    };
  }
}
