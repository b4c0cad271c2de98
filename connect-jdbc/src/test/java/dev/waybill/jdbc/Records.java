package dev.waybill.jdbc;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Batches of records for tests.
final class Records {

  private final FieldNames names;
  private final List<Item<Fields>> items = new ArrayList<>();

  private Records(FieldNames names) {
    this.names = names;
  }

  static Records of(String... names) {
    return new Records(FieldNames.of(names));
  }

  Records row(@Nullable Object... values) {
    items.add(Item.of(items.size() + 1L, Fields.of(names, values)));
    return this;
  }

  Records and(Records other) {
    other.items.forEach(item -> items.add(Item.of(items.size() + 1L, item.payload())));
    return this;
  }

  FieldNames names() {
    return names;
  }

  List<Item<Fields>> items() {
    return items;
  }

  List<Fields> fields() {
    return items.stream().map(Item::payload).toList();
  }

  Batch<Fields> batch() {
    return new Batch<>(1, List.copyOf(items), 1, "run-1");
  }
}
