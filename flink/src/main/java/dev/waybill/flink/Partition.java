package dev.waybill.flink;

import dev.waybill.Item;
import org.jspecify.annotations.Nullable;

/// Which items must meet in one subtask where order is kept.
final class Partition {

  private Partition() {}

  /// The item's key; items without one may go anywhere, and are spread.
  static String of(Item<?> item) {
    String key = item.key();
    return key == null ? "\0" + item.ordinal() : key;
  }

  /// A record's key. Records without one have no number yet to spread them by.
  static String of(@Nullable String key) {
    return key == null ? "\0" : key;
  }
}
