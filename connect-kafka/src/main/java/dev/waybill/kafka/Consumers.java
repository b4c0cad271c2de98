package dev.waybill.kafka;

import dev.waybill.UserException;
import dev.waybill.spi.Options;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Makes consumers.
final class Consumers {

  /// As many as a live run takes at once.
  private static final int MOST_AT_ONCE = 512;

  /// Of what is fetched ahead, so that memory does not go by the speed of the broker.
  private static final int FETCH_BYTES = 16 << 20;

  private static final int SESSION_MILLIS = 15_000;

  private Consumers() {}

  /// Where a group begins that has no offsets yet.
  enum Start {
    EARLIEST,
    LATEST
  }

  /// A member of the group.
  static Consumer<byte[], byte[]> member(KafkaAddress address, Options options) {
    Map<String, Object> settings = settings(address, options);
    String group = options.text("group");
    settings.put("group.id", group == null ? "waybill-" + address.topic() : group);
    settings.put(
        "auto.offset.reset",
        switch (options.choice("start", Start.class)) {
          case EARLIEST -> "earliest";
          case LATEST -> "latest";
        });
    // After a kill the group waits so long for the member that is no more; Kafka's own 45 s are
    // long
    // where somebody waits for the flow to go on.
    settings.put("session.timeout.ms", SESSION_MILLIS);
    // A partition that stays with its member goes on being read while others move.
    settings.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    KafkaClient.addFile(settings, options);
    settings.put("enable.auto.commit", false);
    return consumer(address, settings);
  }

  /// One that belongs to no group, and looks only.
  static Consumer<byte[], byte[]> onlooker(KafkaAddress address, Options options) {
    Map<String, Object> settings = settings(address, options);
    KafkaClient.addFile(settings, options);
    settings.remove("group.id");
    settings.put("enable.auto.commit", false);
    return consumer(address, settings);
  }

  private static Map<String, Object> settings(KafkaAddress address, Options options) {
    var settings = new HashMap<>(KafkaClient.settings(address, options));
    settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
    settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
    settings.put("isolation.level", "read_committed");
    settings.put("allow.auto.create.topics", false);
    settings.put("max.poll.records", MOST_AT_ONCE);
    settings.put("fetch.max.bytes", FETCH_BYTES);
    return settings;
  }

  private static Consumer<byte[], byte[]> consumer(
      KafkaAddress address, Map<String, Object> settings) {
    try {
      return new KafkaConsumer<>(settings);
    } catch (KafkaException e) {
      throw new UserException(
          "A client for " + address + " can not be made: " + Complaints.deepest(e) + ".", e);
    }
  }
}
