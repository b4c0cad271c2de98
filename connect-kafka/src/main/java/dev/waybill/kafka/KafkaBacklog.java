package dev.waybill.kafka;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.spi.Intake;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.LiveSourceProvider.Backlog;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/// Some of a partition's records, read from a place to a place and by no group.
final class KafkaBacklog implements Source {

  private static final Duration MOST_WAITING = Duration.ofSeconds(10);

  /// A broker that is started anew is back by then; a partition that is away for longer is told.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Reason DELETION =
      Reason.of("deletion", "the record is a deletion, which live flows alone apply");

  private final KafkaAddress address;
  private final Consumer<byte[], byte[]> consumer;
  private final RecordReader reader;
  private final TopicPartition partition;
  private final String name;
  private final long end;
  private final Deque<ConsumerRecord<byte[], byte[]>> buffer = new ArrayDeque<>();
  private long bytes;

  private KafkaBacklog(
      KafkaAddress address, Options options, Consumer<byte[], byte[]> consumer, Backlog stretch) {
    this.address = address;
    this.consumer = consumer;
    this.reader =
        new RecordReader(
            options.choice("value", RecordReader.Value.class), options.text("key-field"));
    this.name = stretch.partition();
    this.partition =
        new TopicPartition(
            address.topic(), Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)));
    this.end = stretch.to();
    consumer.assign(List.of(partition));
    consumer.seek(partition, stretch.from());
  }

  static Source open(KafkaAddress address, Options options, Backlog stretch) {
    return new KafkaBacklog(address, options, Consumers.onlooker(address, options), stretch);
  }

  /// What the topic holds, as far as transactions are complete.
  static List<Backlog> of(KafkaAddress address, Options options) {
    try (Consumer<byte[], byte[]> consumer = Consumers.onlooker(address, options)) {
      List<PartitionInfo> known = consumer.partitionsFor(address.topic(), MOST_WAITING);
      if (known == null || known.isEmpty()) {
        throw new UserException(
            "There is no " + address + ": make it first, or correct the address.");
      }
      List<TopicPartition> partitions =
          known.stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .sorted(Comparator.comparingInt(TopicPartition::partition))
              .toList();
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, MOST_WAITING);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, MOST_WAITING);
      var backlog = new ArrayList<Backlog>();
      for (TopicPartition each : partitions) {
        long from = begins.getOrDefault(each, 0L);
        long to = ends.getOrDefault(each, 0L);
        if (from < to) {
          backlog.add(new Backlog(each.topic() + "-" + each.partition(), from, to));
        }
      }
      return List.copyOf(backlog);
    } catch (KafkaException e) {
      throw Complaints.unreachable(address, e);
    }
  }

  @Override
  public FieldNames columns() {
    return FieldNames.of();
  }

  @Override
  public ByteSlice preamble() {
    return ByteSlice.EMPTY;
  }

  @Override
  public String extension() {
    return "jsonl";
  }

  @Override
  public String name() {
    return address.topic();
  }

  @Override
  public boolean next(Intake<Fields> intake) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (buffer.isEmpty()) {
      try {
        if (consumer.position(partition, MOST_WAITING) >= end) {
          return false;
        }
        consumer.poll(Duration.ofMillis(500)).forEach(buffer::add);
      } catch (RetriableException e) {
        if (System.nanoTime() > until) {
          throw Complaints.unreadable(address, e);
        }
      } catch (KafkaException e) {
        throw Complaints.unreadable(address, e);
      }
    }
    ConsumerRecord<byte[], byte[]> record = buffer.removeFirst();
    if (record.offset() >= end) {
      buffer.clear();
      return false;
    }
    bytes += Math.max(0, record.serializedValueSize());
    reader.read(record, name, new AtOffset(intake, record.offset() + 1));
    return true;
  }

  /// Gives items their ordinals.
  private record AtOffset(Intake<Fields> intake, long ordinal) implements Intake<Fields> {

    @Override
    public void accept(Item<Fields> item) {
      if (Boolean.TRUE.equals(item.payload().get(LiveSource.DELETED))) {
        intake.refuse(item.at(ordinal), DELETION);
      } else {
        intake.accept(item.at(ordinal));
      }
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      intake.refuse(item.at(ordinal), reason);
    }
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  @Override
  public long totalBytes() {
    return -1;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
