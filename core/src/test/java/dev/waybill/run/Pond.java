package dev.waybill.run;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Lag;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A source that hands over what a test puts into it.
final class Pond implements LiveSource {
  private static final FieldNames NAMES = FieldNames.of("key", "version");

  final BlockingQueue<Item<Fields>> items = new LinkedBlockingQueue<>();
  final Map<String, Position> told = new ConcurrentHashMap<>();
  final BlockingQueue<Set<String>> releases = new ArrayBlockingQueue<>(1);
  final BlockingQueue<Map<String, Position>> released = new ArrayBlockingQueue<>(1);
  final CountDownLatch closed = new CountDownLatch(1);
  final CountDownLatch firstTold = new CountDownLatch(1);
  volatile @Nullable RuntimeException breaks;

  /// Partitions that it lets go when it is closed, as a member of a group does.
  volatile Set<String> heldAtTheEnd = Set.of();

  private final Map<String, Long> offsets = new HashMap<>();
  private @Nullable Host host;

  void put(String partition, String key, int version) {
    long offset = offsets.merge(partition, 1L, Long::sum);
    put(partition, offset, key, version);
  }

  void put(String partition, long offset, String key, int version) {
    var origin = new Origin(partition, 0, offset, ByteSlice.utf8(key + " " + version));
    items.add(new Item<>(1, key, Fields.of(NAMES, key, version), origin));
  }

  /// Up to where it was told that all is settled; 0 if it was not told.
  long toldOffset(String partition) {
    Position upTo = told.get(partition);
    return upTo == null ? 0 : upTo.offset();
  }

  @Override
  public FieldNames columns() {
    return NAMES;
  }

  @Override
  public @Nullable String name() {
    return "pond";
  }

  @Override
  public void start(Host newHost) {
    host = newHost;
  }

  @Override
  public void poll(Intake<Fields> intake, int most, Duration wait) {
    RuntimeException broken = breaks;
    if (broken != null) {
      throw broken;
    }
    Set<String> release = releases.poll();
    if (release != null) {
      released.add(Objects.requireNonNull(host).release(release));
    }
    try {
      Item<Fields> item =
          most == 0 ? null : items.poll(Math.min(10, wait.toMillis()), TimeUnit.MILLISECONDS);
      for (int i = 1; item != null; i++) {
        intake.accept(item);
        item = i < most ? items.poll() : null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void settled(Map<String, Position> upTo) {
    told.putAll(upTo);
    Objects.requireNonNull(host).committed(upTo);
    firstTold.countDown();
  }

  @Override
  public Lag lag() {
    return Lag.records(items.size());
  }

  @Override
  public void close() {
    Set<String> held = heldAtTheEnd;
    if (!held.isEmpty()) {
      told.putAll(Objects.requireNonNull(host).release(held));
    }
    closed.countDown();
  }
}
