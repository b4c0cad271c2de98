package dev.waybill.search;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Contacts, as the tests send them.
final class Records {

  static final FieldNames NAMES = FieldNames.of("id", "email", "age");

  static final Delivery KEYED = new Delivery(NAMES, List.of(), List.of("id"), "contacts");
  static final Delivery WITHOUT_KEY = new Delivery(NAMES, List.of(), List.of(), "contacts");

  private Records() {}

  static Item<Fields> contact(long ordinal, @Nullable Object age) {
    String id = "c" + ordinal;
    return item(ordinal, id, Fields.of(NAMES, id, "c" + ordinal + "@example.com", age));
  }

  static Item<Fields> item(long ordinal, @Nullable String key, Fields fields) {
    return new Item<>(ordinal, key, fields, null);
  }

  static Batch<Fields> batch(List<Item<Fields>> items) {
    return new Batch<>(1, items, 1, "run");
  }

  static Options options(String... namesAndValues) {
    var given = new HashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Options.of("elasticsearch", SearchOptions.all(), Map.copyOf(given));
  }

  static Destination<Fields> open(String address, Delivery delivery, String... options) {
    return new SearchProvider().open(address, options(options), delivery);
  }
}
