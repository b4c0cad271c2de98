package dev.waybill.kafka;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Lag;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.Options;
import dev.waybill.spi.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/// A topic, read as a member of a consumer group. Offsets are committed only for records that have
/// come to their end, and only after that was written down.
final class KafkaSource implements LiveSource {

  private static final Duration MOST_WAITING = Duration.ofSeconds(10);

  /// A group that is just finding its members need not be waited for.
  private static final Duration MOST_LEAVING = Duration.ofSeconds(3);

  /// How long a fault that passes is left alone.
  private static final long PASSING_NANOS = 20_000_000;

  /// A commit that failed is made again after so long.
  private static final long COMMIT_AGAIN_NANOS = 1_000_000_000;

  private static final long LOOK_AT_LAG_NANOS = 250_000_000;

  private final KafkaAddress address;
  private final Options options;
  private final Consumer<byte[], byte[]> consumer;
  private final RecordReader reader;
  private final Deque<ConsumerRecord<byte[], byte[]>> buffer = new ArrayDeque<>();
  private final Map<Integer, String> partitionNames = new HashMap<>();

  /// What is to be committed, and was not yet.
  private final Map<TopicPartition, Position> uncommitted = new HashMap<>();

  private @Nullable Host host;
  private long commitAt;
  private long lagAt;
  private volatile Lag lag = Lag.UNKNOWN;

  private KafkaSource(KafkaAddress address, Options options, Consumer<byte[], byte[]> consumer) {
    this.address = address;
    this.options = options;
    this.consumer = consumer;
    this.reader =
        new RecordReader(
            options.choice("value", RecordReader.Value.class), options.text("key-field"));
  }

  /// Opens the topic, if it is there.
  static KafkaSource open(KafkaAddress address, Options options) {
    Consumer<byte[], byte[]> consumer = Consumers.member(address, options);
    try {
      var source = new KafkaSource(address, options, consumer);
      var unused = source.partitions();
      return source;
    } catch (RuntimeException | Error e) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      throw e;
    }
  }

  private List<PartitionInfo> partitions() {
    List<PartitionInfo> partitions;
    try {
      partitions = consumer.partitionsFor(address.topic(), MOST_WAITING);
    } catch (KafkaException e) {
      throw Complaints.unreachable(address, e);
    }
    if (partitions == null || partitions.isEmpty()) {
      throw new UserException(
          "There is no " + address + ": make it first, or correct the address.");
    }
    return partitions;
  }

  @Override
  public FieldNames columns() {
    return FieldNames.of();
  }

  @Override
  public String name() {
    return address.topic();
  }

  @Override
  public void sample(Intake<Fields> intake, int most) {
    Sample.of(address, options, reader, partitions()).show(intake, most);
  }

  @Override
  public void start(Host newHost) {
    host = newHost;
    consumer.subscribe(Set.of(address.topic()), new Rebalancing());
  }

  @Override
  public void poll(Intake<Fields> intake, int most, Duration wait) {
    if (most == 0) {
      consumer.pause(consumer.assignment());
      fetch(Duration.ZERO);
    } else if (buffer.isEmpty()) {
      consumer.resume(consumer.paused());
      fetch(wait);
    }
    for (int i = 0; i < most && !buffer.isEmpty(); i++) {
      ConsumerRecord<byte[], byte[]> record = buffer.removeFirst();
      reader.read(record, nameOf(record.partition()), intake);
    }
    long now = System.nanoTime();
    if (!uncommitted.isEmpty() && now - commitAt >= 0) {
      commit(now);
    }
    if (now - lagAt >= 0) {
      lagAt = now + LOOK_AT_LAG_NANOS;
      lag = lagNow();
    }
  }

  private void fetch(Duration wait) {
    try {
      consumer.poll(wait).forEach(buffer::add);
    } catch (InterruptException e) {
      throw e;
    } catch (RetriableException e) {
      // it passes, and the consumer goes on by itself; without a moment's rest it might be at once
      LockSupport.parkNanos(PASSING_NANOS);
    } catch (KafkaException e) {
      throw Complaints.unreadable(address, e);
    }
  }

  private String nameOf(int partition) {
    return partitionNames.computeIfAbsent(partition, number -> address.topic() + "-" + number);
  }

  private TopicPartition partition(String name) {
    return new TopicPartition(
        address.topic(), Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)));
  }

  @Override
  public void settled(Map<String, Position> upTo) {
    upTo.values().forEach(position -> uncommitted.put(partition(position.partition()), position));
    commit(System.nanoTime());
  }

  /// Commits what can be committed, without waiting for that.
  private void commit(long now) {
    commitAt = now + COMMIT_AGAIN_NANOS;
    uncommitted.keySet().retainAll(consumer.assignment());
    var asked = Map.copyOf(uncommitted);
    consumer.commitAsync(
        offsets(asked.values()),
        (offsets, failure) -> {
          if (failure == null) {
            committed(asked.values());
          }
        });
  }

  private void committed(Collection<Position> positions) {
    var upTo = new HashMap<String, Position>();
    for (Position position : positions) {
      uncommitted.remove(partition(position.partition()), position);
      upTo.put(position.partition(), position);
    }
    if (host != null && !upTo.isEmpty()) {
      host.committed(upTo);
    }
  }

  /// Commits, and waits until the broker knows.
  private void commitNow(Collection<Position> positions) {
    if (positions.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets(positions), MOST_WAITING);
      committed(positions);
    } catch (KafkaException e) {
      // The broker hands these over again, and it is known that they have come to their end.
      System.getLogger(KafkaSource.class.getName())
          .log(System.Logger.Level.DEBUG, "offsets were not committed", e);
    }
  }

  /// The broker keeps the offset of the record that is to be read next.
  private Map<TopicPartition, OffsetAndMetadata> offsets(Collection<Position> positions) {
    return positions.stream()
        .collect(
            Collectors.toMap(
                position -> partition(position.partition()),
                position -> new OffsetAndMetadata(position.offset() + 1)));
  }

  private Lag lagNow() {
    if (consumer.assignment().isEmpty()) {
      return lag;
    }
    long behind = buffer.size();
    for (TopicPartition partition : consumer.assignment()) {
      OptionalLong some = consumer.currentLag(partition);
      if (some.isEmpty()) {
        return lag;
      }
      behind += some.getAsLong();
    }
    return Lag.records(behind);
  }

  @Override
  public Lag lag() {
    return lag;
  }

  @Override
  public void close() {
    try {
      if (host != null) {
        uncommitted.keySet().retainAll(consumer.assignment());
        commitNow(Set.copyOf(uncommitted.values()));
      }
      consumer.close(CloseOptions.timeout(MOST_LEAVING));
    } catch (KafkaException e) {
      // it is left to the group to notice
    }
  }

  /// What happens when partitions go to other members of the group.
  private final class Rebalancing implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commitNow(release(partitions).values());
    }

    /// They belong to others already, so nothing can be committed for them.
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      var unused = release(partitions);
    }

    private Map<String, Position> release(Collection<TopicPartition> partitions) {
      if (partitions.isEmpty()) {
        return Map.of();
      }
      buffer.removeIf(
          record -> partitions.contains(new TopicPartition(record.topic(), record.partition())));
      uncommitted.keySet().removeAll(partitions);
      return Objects.requireNonNull(host)
          .release(
              partitions.stream()
                  .map(partition -> nameOf(partition.partition()))
                  .collect(Collectors.toSet()));
    }
  }
}
