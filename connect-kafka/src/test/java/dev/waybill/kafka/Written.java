package dev.waybill.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/// How often each key was written to a topic of one partition, kept up to date with little reading.
final class Written implements AutoCloseable {

  private final TopicPartition partition;
  private final KafkaConsumer<String, String> consumer;
  private final Map<String, Integer> counts = new HashMap<>();
  private long count;

  Written(Topic topic) {
    partition = new TopicPartition(topic.name(), 0);
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                (Object) topic.broker().address(),
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  private void read() {
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (consumer.position(partition) < end) {
      consumer
          .poll(Duration.ofMillis(100))
          .forEach(
              record -> {
                count++;
                counts.merge(record.key(), 1, Integer::sum);
              });
    }
  }

  int count(@Nullable String key) {
    read();
    return counts.getOrDefault(key, 0);
  }

  long count() {
    read();
    return count;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
