package dev.waybill.kafka;

import dev.waybill.spi.LiveSource;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import java.util.ArrayList;
import java.util.List;

/// Reads a topic as a member of a consumer group.
public final class KafkaSourceProvider implements LiveSourceProvider {

  /// Made by `java.util.ServiceLoader`.
  public KafkaSourceProvider() {}

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String summary() {
    return "a topic, live: kafka://BROKER:PORT/TOPIC";
  }

  @Override
  public boolean recognizes(String location) {
    return location.startsWith(KafkaAddress.SCHEME);
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<Option>();
    options.add(
        Option.of(
            "group", null, "the consumer group whose offsets are kept; by default waybill-TOPIC"));
    options.add(
        Option.of(
            "start",
            "earliest",
            "where to begin if the group has no offsets yet: earliest or latest"));
    options.add(
        Option.of(
            "value",
            "json",
            "what a record's value is: json (an object gives the fields, all else a field value) or"
                + " text (a field value)"));
    options.add(
        Option.of(
            "key-field",
            null,
            "a field that takes the record's key, as text; with it a record without a value deletes"
                + " the one with its key"));
    options.addAll(KafkaClient.options());
    return List.copyOf(options);
  }

  @Override
  public LiveSource open(String location, Options options) {
    return KafkaSource.open(address(location, options), options);
  }

  @Override
  public List<Backlog> backlog(String location, Options options) {
    return KafkaBacklog.of(address(location, options), options);
  }

  @Override
  public Source open(String location, Options options, Backlog stretch) {
    return KafkaBacklog.open(address(location, options), options, stretch);
  }

  private static KafkaAddress address(String location, Options options) {
    KafkaAddress address = KafkaAddress.parse(location);
    address.check(options.permits().addresses());
    return address;
  }
}
