package dev.waybill.kafka;

import dev.waybill.Fields;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/// Looks at the last records of a topic, outside of any group.
record Sample(
    KafkaAddress address, Options options, RecordReader reader, List<TopicPartition> partitions) {

  /// A sample is a help, not worth a long wait.
  private static final Duration MOST_WAITING = Duration.ofSeconds(5);

  static Sample of(
      KafkaAddress address, Options options, RecordReader reader, List<PartitionInfo> partitions) {
    return new Sample(
        address,
        options,
        reader,
        partitions.stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList());
  }

  void show(Intake<Fields> intake, int most) {
    try (Consumer<byte[], byte[]> consumer = Consumers.onlooker(address, options)) {
      consumer.assign(partitions);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, MOST_WAITING);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, MOST_WAITING);
      long each = Math.max(1, most / partitions.size());
      for (TopicPartition partition : partitions) {
        long end = ends.getOrDefault(partition, 0L);
        long begin = begins.getOrDefault(partition, 0L);
        consumer.seek(partition, Math.max(begin, end - each));
      }
      long until = System.nanoTime() + MOST_WAITING.toNanos();
      int shown = 0;
      while (shown < most && System.nanoTime() < until && !atEnd(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          reader.read(record, record.topic() + "-" + record.partition(), intake);
          shown++;
        }
      }
    } catch (KafkaException e) {
      throw Complaints.unreachable(address, e);
    }
  }

  private static boolean atEnd(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
