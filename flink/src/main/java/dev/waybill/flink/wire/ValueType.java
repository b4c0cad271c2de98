package dev.waybill.flink.wire;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Receipt;
import java.util.function.Function;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/// The types of the words, for Flink: [#FIELDS], [#items], [#parcels], [#receipts].
public final class ValueType<T> extends TypeInformation<T> {

  private static final long serialVersionUID = 1;

  /// Records.
  public static final TypeInformation<Fields> FIELDS =
      new ValueType<>(Fields.class, null, config -> new FieldsSerializer());

  private final Class<?> type;
  private final @Nullable TypeInformation<?> payloads;
  private final Serializers<T> serializers;

  private interface Serializers<T>
      extends Function<SerializerConfig, TypeSerializer<T>>, java.io.Serializable {}

  private ValueType(
      Class<?> type, @Nullable TypeInformation<?> payloads, Serializers<T> serializers) {
    this.type = type;
    this.payloads = payloads;
    this.serializers = serializers;
  }

  /// Items with payloads of this type.
  public static <T> TypeInformation<Item<T>> items(TypeInformation<T> payloads) {
    return new ValueType<>(
        Item.class, payloads, config -> new ItemSerializer<>(payloads.createSerializer(config)));
  }

  /// Receipts of items with payloads of this type.
  public static <T> TypeInformation<Receipt<T>> receipts(TypeInformation<T> payloads) {
    TypeInformation<Item<T>> items = items(payloads);
    return new ValueType<>(
        Receipt.class, payloads, config -> new ReceiptSerializer<>(items.createSerializer(config)));
  }

  /// What sources of Waybill read, with payloads of this type.
  public static <T> TypeInformation<Parcel<T>> parcels(TypeInformation<T> payloads) {
    TypeInformation<Item<T>> items = items(payloads);
    return new ValueType<>(
        Parcel.class, payloads, config -> new ParcelSerializer<>(items.createSerializer(config)));
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  @SuppressWarnings("unchecked") // the factories above see to it
  public Class<T> getTypeClass() {
    return (Class<T>) type;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializers.apply(config);
  }

  @Override
  public String toString() {
    return payloads == null ? type.getSimpleName() : type.getSimpleName() + "<" + payloads + ">";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ValueType<?> that
        && type.equals(that.type)
        && java.util.Objects.equals(payloads, that.payloads);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hash(type, payloads);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ValueType<?>;
  }
}
