package dev.waybill.kafka;

import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.testkit.kafka.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// A new topic at the tests' broker, to be written and read behind the connector's back.
record Topic(KafkaBroker broker, String name, int partitions) {

  static Topic made(int partitions) {
    return made(KafkaBroker.shared(), partitions);
  }

  static Topic made(KafkaBroker broker, int partitions) {
    String name = "t" + UUID.randomUUID().toString().substring(0, 8);
    broker.createTopic(name, partitions);
    return new Topic(broker, name, partitions);
  }

  String address() {
    return "kafka://" + broker.address() + "/" + name;
  }

  KafkaAddress parsed() {
    return KafkaAddress.parse(address());
  }

  /// Writes records, each to the partition of its key.
  void write(List<String> values) {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : values) {
        var unused = producer.send(new ProducerRecord<>(name, value));
      }
      producer.flush();
    }
  }

  void write(int partition, @Nullable String key, @Nullable String value) {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address()),
            new StringSerializer(),
            new StringSerializer())) {
      var unused = producer.send(new ProducerRecord<>(name, partition, key, value)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// All that the topic holds.
  List<ConsumerRecord<String, String>> read() {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", (Object) broker.address(), "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> all = new ArrayList<>();
      for (int i = 0; i < partitions; i++) {
        all.add(new TopicPartition(name, i));
      }
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      var records = new ArrayList<ConsumerRecord<String, String>>();
      while (all.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /// Up to where a group has committed; the offset of the next record, 0 if it has none.
  long committed(String group, int partition) {
    try (var admin = broker.admin()) {
      var offset =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(name, partition));
      return offset == null ? 0 : offset.offset();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static Options options(List<Option> known, String... pairs) {
    var given = new java.util.HashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], pairs[i + 1]);
    }
    return Options.of("kafka", known, given);
  }
}
