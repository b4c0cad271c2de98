package dev.waybill.flink.wire;

import dev.waybill.ByteSlice;
import dev.waybill.Item;
import dev.waybill.Origin;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/// Items with payloads of any type that Flink can serialize.
public final class ItemSerializer<T> extends ImmutableSerializer<Item<T>> {

  private static final long serialVersionUID = 1;

  private final TypeSerializer<T> payloads;

  /// Items whose payloads are written so.
  public ItemSerializer(TypeSerializer<T> payloads) {
    this.payloads = payloads;
  }

  @Override
  public TypeSerializer<Item<T>> duplicate() {
    return new ItemSerializer<>(payloads.duplicate());
  }

  @Override
  public void serialize(Item<T> item, DataOutputView out) throws IOException {
    out.writeLong(item.ordinal());
    Texts.write(item.key(), out);
    payloads.serialize(item.payload(), out);
    Origin origin = item.origin();
    out.writeBoolean(origin != null);
    if (origin != null) {
      Texts.write(origin.file(), out);
      out.writeLong(origin.line());
      out.writeLong(origin.offset());
      Texts.writeBytes(origin.bytes().toByteArray(), out);
    }
  }

  @Override
  public Item<T> deserialize(DataInputView in) throws IOException {
    long ordinal = in.readLong();
    String key = Texts.readNullable(in);
    T payload = payloads.deserialize(in);
    return new Item<>(ordinal, key, payload, in.readBoolean() ? origin(in) : null);
  }

  private static Origin origin(DataInputView in) throws IOException {
    String file = Texts.read(in);
    long line = in.readLong();
    long offset = in.readLong();
    byte[] bytes = Texts.readBytes(in);
    return new Origin(file, line, offset, new ByteSlice(bytes, 0, bytes.length));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ItemSerializer<?> that && payloads.equals(that.payloads);
  }

  @Override
  public int hashCode() {
    return payloads.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Item<T>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /// The form in which state remembers it.
  public static final class Snapshot<T>
      extends CompositeTypeSerializerSnapshot<Item<T>, ItemSerializer<T>> {

    /// For Flink, which reads it.
    public Snapshot() {}

    Snapshot(ItemSerializer<T> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(ItemSerializer<T> serializer) {
      return new TypeSerializer<?>[] {serializer.payloads};
    }

    @Override
    @SuppressWarnings("unchecked") // the one that was given above
    protected ItemSerializer<T> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new ItemSerializer<>((TypeSerializer<T>) nested[0]);
    }
  }
}
