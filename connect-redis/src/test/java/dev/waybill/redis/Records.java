package dev.waybill.redis;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
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

  static final Delivery KEYED = new Delivery(NAMES, List.of(), List.of("id"), "contact");
  static final Delivery WITHOUT_KEY = new Delivery(NAMES, List.of(), List.of(), "contact");

  private Records() {}

  static Item<Fields> contact(long ordinal, @Nullable Object age) {
    String id = "c" + ordinal;
    return new Item<>(ordinal, id, Fields.of(NAMES, id, "c" + ordinal + "@example.com", age), null);
  }

  static Options options(String... namesAndValues) {
    var given = new HashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Options.of("redis", RedisOptions.all(), Map.copyOf(given));
  }

  static Destination<Fields> open(String address, Delivery delivery, String... options) {
    return new RedisProvider().open(address, options(options), delivery);
  }

  static Batch<Fields> batch(List<Item<Fields>> items) {
    return new Batch<>(1, items, 1, "run");
  }

  static List<Verdict> verdicts(Destination<Fields> to, List<Item<Fields>> items)
      throws InterruptedException {
    return to.send(batch(items)) instanceof Reply.Answered answered
        ? List.copyOf(answered.verdicts())
        : List.of();
  }
}
