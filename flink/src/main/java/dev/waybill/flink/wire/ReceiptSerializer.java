package dev.waybill.flink.wire;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Receipt;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/// Receipts, each with its item.
public final class ReceiptSerializer<T> extends ImmutableSerializer<Receipt<T>> {

  private static final long serialVersionUID = 1;

  private final TypeSerializer<Item<T>> items;

  /// Receipts whose items are written so.
  public ReceiptSerializer(TypeSerializer<Item<T>> items) {
    this.items = items;
  }

  @Override
  public TypeSerializer<Receipt<T>> duplicate() {
    return new ReceiptSerializer<>(items.duplicate());
  }

  @Override
  public void serialize(Receipt<T> receipt, DataOutputView out) throws IOException {
    items.serialize(receipt.item(), out);
    out.writeByte(code(receipt.disposition()));
    Texts.writeReason(receipt.reason(), out);
    out.writeInt(receipt.attempts());
    Texts.write(receipt.id(), out);
  }

  @Override
  public Receipt<T> deserialize(DataInputView in) throws IOException {
    Item<T> item = items.deserialize(in);
    Disposition disposition = disposition(in.readByte());
    Reason reason = Texts.readReason(in);
    return new Receipt<>(item, disposition, reason, in.readInt(), Texts.readNullable(in));
  }

  // Written out, because state outlives the order of an enum's constants.
  private static int code(Disposition disposition) {
    return switch (disposition) {
      case DELIVERED -> 1;
      case REJECTED -> 2;
      case UNKNOWN -> 3;
      case UNPROCESSED -> 4;
    };
  }

  private static Disposition disposition(int code) throws IOException {
    return switch (code) {
      case 1 -> Disposition.DELIVERED;
      case 2 -> Disposition.REJECTED;
      case 3 -> Disposition.UNKNOWN;
      case 4 -> Disposition.UNPROCESSED;
      default -> throw new IOException("no disposition: " + code);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ReceiptSerializer<?> that && items.equals(that.items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Receipt<T>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /// The form in which state remembers it.
  public static final class Snapshot<T>
      extends CompositeTypeSerializerSnapshot<Receipt<T>, ReceiptSerializer<T>> {

    /// For Flink, which reads it.
    public Snapshot() {}

    Snapshot(ReceiptSerializer<T> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(ReceiptSerializer<T> serializer) {
      return new TypeSerializer<?>[] {serializer.items};
    }

    @Override
    @SuppressWarnings("unchecked") // the one that was given above
    protected ReceiptSerializer<T> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new ReceiptSerializer<>((TypeSerializer<Item<T>>) nested[0]);
    }
  }
}
