package dev.waybill.flink.wire;

import dev.waybill.Item;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Holding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/// What an engine holds, as bytes for a checkpoint. Engines count time from any moment; here it is
/// that of the wall, so that another machine can tell how long a doubt has lasted.
public final class HoldingCodec<T> {

  private static final int VERSION = 1;

  private static final long CERTAIN = -1;
  private static final long NOBODY_KNOWS = -2;

  private final TypeSerializer<Item<T>> items;

  /// Holdings whose items are written so.
  public HoldingCodec(TypeSerializer<Item<T>> items) {
    this.items = items;
  }

  /// A holding as it is at this moment, in milliseconds since 1970.
  public byte[] bytes(Holding<T> holding, long epochMillis) throws IOException {
    var out = new DataOutputSerializer(1_024);
    out.writeByte(VERSION);
    out.writeLong(holding.number());
    out.writeInt(holding.failures());
    out.writeInt(holding.rejections());
    out.writeByte(code(holding.next()));
    out.writeLong(since(holding.doubt(), epochMillis));
    writeItems(holding, out);
    return out.getCopyOfBuffer();
  }

  private void writeItems(Holding<T> holding, DataOutputView out) throws IOException {
    out.writeInt(holding.items().size());
    for (int i = 0; i < holding.items().size(); i++) {
      out.writeInt(holding.attempts().get(i));
      items.serialize(holding.items().get(i), out);
    }
  }

  /// The holding, as it is at this moment.
  public Holding<T> holding(byte[] bytes, long epochMillis) throws IOException {
    var in = new DataInputDeserializer(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "the state was written by a newer Waybill (form " + version + "): take that one");
    }
    long number = in.readLong();
    int failures = in.readInt();
    int rejections = in.readInt();
    Call.Kind next = kind(in.readByte());
    Holding.Doubt doubt = doubt(in.readLong(), epochMillis);
    int size = in.readInt();
    var attempts = new ArrayList<Integer>(size);
    var held = new ArrayList<Item<T>>(size);
    for (int i = 0; i < size; i++) {
      attempts.add(in.readInt());
      held.add(items.deserialize((DataInputView) in));
    }
    return new Holding<>(number, held, attempts, failures, rejections, next, doubt);
  }

  private static long since(Holding.Doubt doubt, long epochMillis) {
    return switch (doubt) {
      case Holding.Doubt.None none -> CERTAIN;
      case Holding.Doubt.Since(long nanos) ->
          nanos == Long.MAX_VALUE
              ? NOBODY_KNOWS
              : epochMillis - TimeUnit.NANOSECONDS.toMillis(nanos);
    };
  }

  private static Holding.Doubt doubt(long since, long epochMillis) {
    if (since == CERTAIN) {
      return Holding.Doubt.NONE;
    }
    return new Holding.Doubt.Since(
        since == NOBODY_KNOWS
            ? Long.MAX_VALUE
            : TimeUnit.MILLISECONDS.toNanos(Math.max(0, epochMillis - since)));
  }

  private static int code(Call.Kind kind) {
    return switch (kind) {
      case BATCH -> 1;
      case SINGLE -> 2;
      case LOOKUP -> 3;
    };
  }

  private static Call.Kind kind(int code) throws IOException {
    return switch (code) {
      case 1 -> Call.Kind.BATCH;
      case 2 -> Call.Kind.SINGLE;
      case 3 -> Call.Kind.LOOKUP;
      default -> throw new IOException("no kind of call: " + code);
    };
  }
}
