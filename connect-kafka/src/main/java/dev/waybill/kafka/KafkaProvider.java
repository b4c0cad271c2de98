package dev.waybill.kafka;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.ArrayList;
import java.util.List;

/// Writes records to a topic.
public final class KafkaProvider implements DestinationProvider {

  /// Made by `java.util.ServiceLoader`.
  public KafkaProvider() {}

  @Override
  public List<String> schemes() {
    return List.of("kafka");
  }

  @Override
  public String summary() {
    return "a topic: kafka://BROKER:PORT/TOPIC";
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<Option>();
    options.add(
        Option.of("headers", null, "headers for every record: NAME=TEXT, several with commas"));
    options.add(
        Option.of(
            "timeout",
            "30s",
            "how long the client tries to bring a record to the broker before it is in doubt"));
    options.add(
        Option.of(
            "compression", "none", "how records are compressed: none, gzip, snappy, lz4 or zstd"));
    options.add(
        Option.of(
            "idempotent",
            "false",
            "whether a record may be written twice without harm, because readers go by its key"));
    options.addAll(KafkaClient.options());
    return List.copyOf(options);
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    return open(address, options, delivery, KafkaDestination.Content.RECORDS);
  }

  @Override
  public Destination<Fields> openDeleting(String address, Options options, Delivery delivery) {
    if (delivery.key().isEmpty()) {
      throw new UserException("Without a key it is not known which records to delete: give --key.");
    }
    return open(address, options, delivery, KafkaDestination.Content.TOMBSTONES);
  }

  private static Destination<Fields> open(
      String location, Options options, Delivery delivery, KafkaDestination.Content content) {
    KafkaAddress address = KafkaAddress.parse(location);
    address.check(options.permits().addresses());
    return KafkaDestination.open(address, options, delivery, content);
  }
}
