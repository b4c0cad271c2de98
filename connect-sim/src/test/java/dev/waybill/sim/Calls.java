package dev.waybill.sim;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import java.util.List;
import java.util.stream.LongStream;

/// Batches for the tests.
final class Calls {

  static final FieldNames NAMES = FieldNames.of("email", "name");

  private Calls() {}

  static Item<Fields> item(long ordinal) {
    return item(ordinal, "p" + ordinal + "@example.com");
  }

  static Item<Fields> item(long ordinal, String email) {
    return new Item<>(ordinal, email, Fields.of(NAMES, email, "P " + ordinal), null);
  }

  static Batch<Fields> batch(long number, List<Item<Fields>> items) {
    return new Batch<>(number, items, 1, "batch-" + number);
  }

  /// A batch with the items `from` to `to`, both included.
  static Batch<Fields> batch(long number, long from, long to) {
    return batch(number, LongStream.rangeClosed(from, to).mapToObj(Calls::item).toList());
  }
}
