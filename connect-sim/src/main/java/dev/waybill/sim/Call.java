package dev.waybill.sim;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import org.jspecify.annotations.Nullable;

/// A call as the service sees it.
interface Call {

  int size();

  /// The same for every call that repeats this one; empty if the caller gives no such key.
  String idempotencyKey();

  /// Where the item stands in the sender's source, from 1; 0 where the service can not know.
  long ordinal(int index);

  /// What makes the item the same as another one, by the service's rules; null if nothing does.
  @Nullable String key(int index);

  /// The item's fields; null if it has none.
  @Nullable Fields record(int index);

  /// A hash of what makes the item this item: its key, or else its place in the source.
  default long identity(int index) {
    String key = key(index);
    return key == null ? Hash.mix(ordinal(index)) : Hash.of(key);
  }

  /// The engine's batch.
  record OfBatch(Batch<?> batch, @Nullable String keyField) implements Call {

    @Override
    public int size() {
      return batch.size();
    }

    @Override
    public String idempotencyKey() {
      return batch.idempotencyKey();
    }

    @Override
    public long ordinal(int index) {
      return batch.items().get(index).ordinal();
    }

    @Override
    public @Nullable String key(int index) {
      return key(batch.items().get(index), keyField);
    }

    @Override
    public @Nullable Fields record(int index) {
      return batch.items().get(index).payload() instanceof Fields fields ? fields : null;
    }

    static @Nullable String key(Item<?> item, @Nullable String keyField) {
      return keyField != null && item.payload() instanceof Fields fields
          ? fields.text(keyField)
          : item.key();
    }
  }
}
