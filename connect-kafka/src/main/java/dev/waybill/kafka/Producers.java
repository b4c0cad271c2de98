package dev.waybill.kafka;

import dev.waybill.UserException;
import dev.waybill.spi.Options;
import java.time.Duration;
import java.util.HashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Makes producers.
final class Producers {

  private static final Duration MOST_WAITING = Duration.ofSeconds(10);

  private Producers() {}

  static Producer<byte[], byte[]> producer(KafkaAddress address, Options options) {
    var settings = new HashMap<>(KafkaClient.settings(address, options));
    long timeout = Math.max(1_000, options.duration("timeout").toMillis());
    settings.put("key.serializer", ByteArraySerializer.class.getName());
    settings.put("value.serializer", ByteArraySerializer.class.getName());
    settings.put("compression.type", options.required("compression").strip());
    settings.put("delivery.timeout.ms", (int) Math.min(Integer.MAX_VALUE, timeout));
    settings.put("request.timeout.ms", (int) Math.min(10_000, timeout / 2));
    settings.put("max.block.ms", MOST_WAITING.toMillis());
    settings.put("linger.ms", 2);
    KafkaClient.addFile(settings, options);
    // Without these two a reply could not be exactly true.
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    try {
      return new KafkaProducer<>(settings);
    } catch (ConfigException e) {
      throw new UserException("A setting of Kafka's client is wrong: " + e.getMessage() + ".", e);
    } catch (KafkaException e) {
      throw new UserException(
          "A client for " + address + " can not be made: " + Complaints.deepest(e) + ".", e);
    }
  }

  /// Makes sure that the topic is there.
  static void topic(KafkaAddress address, Producer<?, ?> producer) {
    try {
      var unused = producer.partitionsFor(address.topic());
    } catch (KafkaException e) {
      throw Complaints.unwritable(address, e);
    }
  }
}
