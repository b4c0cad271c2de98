package dev.waybill.flink.table;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// `map:NAME`: records in this process, by their first field.
public final class MapProvider implements DestinationProvider {

  static final Map<String, Map<String, Fields>> MAPS = new ConcurrentHashMap<>();

  /// For the service loader.
  public MapProvider() {}

  @Override
  public List<String> schemes() {
    return List.of("map");
  }

  @Override
  public String summary() {
    return "a map of this process";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.of("greeting", "none", "Does nothing."));
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    Map<String, Fields> map = map(address);
    return destination(item -> map.put(key(item), item.payload()));
  }

  @Override
  public Destination<Fields> openDeleting(String address, Options options, Delivery delivery) {
    Map<String, Fields> map = map(address);
    return destination(item -> map.remove(key(item)));
  }

  static Map<String, Fields> map(String address) {
    return MAPS.computeIfAbsent(address, unseen -> new ConcurrentHashMap<>());
  }

  private static String key(Item<Fields> item) {
    return String.valueOf(item.payload().value(0));
  }

  private static Destination<Fields> destination(Consumer<Item<Fields>> doing) {
    return new Destination<>() {
      @Override
      public Traits traits() {
        return Traits.of(Idempotence.IDEMPOTENT);
      }

      @Override
      public Reply send(Batch<Fields> batch) {
        batch.items().forEach(doing);
        return Reply.accepted(batch.size());
      }

      @Override
      public void close() {}
    };
  }
}
