package dev.waybill.server.work;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.json.Json;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Lag;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A topic in this process: `trickle:NAME`. It remembers up to where it was settled, as a broker
/// does.
public final class TrickleProvider implements LiveSourceProvider {

  private static final Map<String, Topic> TOPICS = new ConcurrentHashMap<>();

  /// The topic of a test.
  static Topic topic(String name) {
    return TOPICS.computeIfAbsent(name, Topic::new);
  }

  /// Records in their order.
  static final class Topic {
    private final String name;
    private final List<String> ids = new ArrayList<>();
    private long settled;

    /// What reading it meets; null if it can be read.
    volatile @Nullable RuntimeException breaks;

    private Topic(String name) {
      this.name = name;
    }

    synchronized void add(String id) {
      ids.add(id);
    }

    /// The offset behind the last record that is settled.
    synchronized long settled() {
      return settled;
    }

    private synchronized void settled(Position upTo) {
      settled = upTo.offset() + 1;
    }

    private synchronized long size() {
      return ids.size();
    }

    private synchronized @Nullable Item<Fields> at(long offset) {
      if (offset >= ids.size()) {
        return null;
      }
      Fields fields = Fields.of(FieldNames.of(List.of("id")), ids.get((int) offset));
      ByteSlice bytes = ByteSlice.utf8(Json.text(fields));
      return new Item<>(1, null, fields, new Origin(name + "-0", 0, offset, bytes));
    }
  }

  @Override
  public String name() {
    return "trickle";
  }

  @Override
  public String summary() {
    return "a topic in this process";
  }

  @Override
  public boolean recognizes(String location) {
    return location.startsWith("trickle:");
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public LiveSource open(String location, Options options) {
    return new Trickle(topic(location.substring("trickle:".length())));
  }

  private static final class Trickle implements LiveSource {
    private final Topic topic;
    private volatile long next;

    Trickle(Topic topic) {
      this.topic = topic;
      this.next = topic.settled();
    }

    @Override
    public FieldNames columns() {
      return FieldNames.of(List.of("id"));
    }

    @Override
    public @Nullable String name() {
      return topic.name;
    }

    @Override
    public void start(Host host) {
      // It knows by itself up to where it was settled.
    }

    @Override
    public void poll(Intake<Fields> intake, int most, Duration wait) {
      RuntimeException broken = topic.breaks;
      if (broken != null) {
        throw broken;
      }
      boolean any = false;
      for (int i = 0; i < most; i++) {
        long offset = next;
        Item<Fields> item = topic.at(offset);
        if (item == null) {
          break;
        }
        next = offset + 1;
        any = true;
        intake.accept(item);
      }
      if (!any) {
        LockSupport.parkNanos(Math.min(wait.toNanos(), 5_000_000));
      }
    }

    @Override
    public void settled(Map<String, Position> upTo) {
      upTo.values().forEach(topic::settled);
    }

    @Override
    public Lag lag() {
      return Lag.records(topic.size() - next);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
