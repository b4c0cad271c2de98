package dev.waybill.flink.wire;

import dev.waybill.Item;
import dev.waybill.Reason;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/// Parcels, each with its item.
public final class ParcelSerializer<T> extends ImmutableSerializer<Parcel<T>> {

  private static final long serialVersionUID = 1;

  private final TypeSerializer<Item<T>> items;

  /// Parcels whose items are written so.
  public ParcelSerializer(TypeSerializer<Item<T>> items) {
    this.items = items;
  }

  @Override
  public TypeSerializer<Parcel<T>> duplicate() {
    return new ParcelSerializer<>(items.duplicate());
  }

  @Override
  public void serialize(Parcel<T> parcel, DataOutputView out) throws IOException {
    items.serialize(parcel.item(), out);
    Texts.writeReason(parcel.refusal(), out);
  }

  @Override
  public Parcel<T> deserialize(DataInputView in) throws IOException {
    Item<T> item = items.deserialize(in);
    Reason refusal = Texts.readReason(in);
    return new Parcel<>(item, refusal);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ParcelSerializer<?> that && items.equals(that.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Parcel<T>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /// The form in which state remembers it.
  public static final class Snapshot<T>
      extends CompositeTypeSerializerSnapshot<Parcel<T>, ParcelSerializer<T>> {

    /// For Flink, which reads it.
    public Snapshot() {}

    Snapshot(ParcelSerializer<T> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(ParcelSerializer<T> serializer) {
      return new TypeSerializer<?>[] {serializer.items};
    }

    @Override
    @SuppressWarnings("unchecked") // the one that was given above
    protected ParcelSerializer<T> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new ParcelSerializer<>((TypeSerializer<Item<T>>) nested[0]);
    }
  }
}
