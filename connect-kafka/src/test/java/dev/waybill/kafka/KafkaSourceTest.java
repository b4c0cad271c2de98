package dev.waybill.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Lag;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.Position;
import dev.waybill.testkit.kafka.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A topic as a source, by the rules of a live source.
@Timeout(60)
class KafkaSourceTest {

  private static final Duration WAIT = Duration.ofMillis(100);

  /// Reads a source as a run does.
  private static final class Reader implements Intake<Fields>, LiveSource.Host {
    final LiveSource source;
    final List<Item<Fields>> items = new ArrayList<>();
    final Map<String, Reason> refused = new HashMap<>();
    final Map<String, Position> committed = new HashMap<>();
    final Set<String> released = new HashSet<>();
    private final Map<String, Position> last = new HashMap<>();

    Reader(Topic topic, String... options) {
      var provider = new KafkaSourceProvider();
      source = provider.open(topic.address(), Topic.options(provider.options(), options));
      source.start(this);
    }

    Reader readUntil(BooleanSupplier done) {
      while (!done.getAsBoolean()) {
        source.poll(this, 512, WAIT);
      }
      return this;
    }

    @Nullable String refusal(String text) {
      return Objects.requireNonNull(refused.get(text)).code();
    }

    Reader read(int count) {
      return readUntil(() -> items.size() + refused.size() >= count);
    }

    void settle(Map<String, Position> upTo) {
      source.settled(upTo);
      readUntil(() -> committed.entrySet().containsAll(upTo.entrySet()));
    }

    @Override
    public void accept(Item<Fields> item) {
      items.add(item);
      var position = Position.of(Objects.requireNonNull(item.origin()));
      last.put(position.partition(), position);
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      refused.put(Objects.requireNonNull(item.origin()).bytes().toString(), reason);
    }

    @Override
    public String bookmark() {
      return "";
    }

    @Override
    public void bookmark(String text) {}

    @Override
    public Map<String, Position> release(Set<String> partitions) {
      released.addAll(partitions);
      var upTo = new HashMap<>(last);
      upTo.keySet().retainAll(partitions);
      return upTo;
    }

    @Override
    public void committed(Map<String, Position> upTo) {
      committed.putAll(upTo);
    }
  }

  @Test
  void recordsComeWithTheirPositionsAndOffsetsAreCommittedOnlyForWhatIsSettled() {
    Topic topic = Topic.made(1);
    topic.write(IntStream.range(0, 1_000).mapToObj(i -> "{\"id\":" + i + "}").toList());
    var reader = new Reader(topic, "group", "g1").read(1_000);

    assertThat(reader.items.get(417).payload().get("id")).isEqualTo(417L);
    assertThat(Position.of(Objects.requireNonNull(reader.items.get(417).origin())))
        .isEqualTo(new Position(topic.name() + "-0", 417, 0));
    assertThat(topic.committed("g1", 0)).isZero();
    reader.settle(Map.of(topic.name() + "-0", new Position(topic.name() + "-0", 299, 0)));
    assertThat(topic.committed("g1", 0)).isEqualTo(300);
    reader.source.close();

    // What was read and not settled comes again: closing gives the partitions back, and this
    // reader says that it settled what it read last.
    try (LiveSource again = new Reader(topic, "group", "g2").read(1).source) {
      assertThat(topic.committed("g2", 0)).isZero();
      assertThat(again.lag()).isNotEqualTo(Lag.records(0));
    }
  }

  @Test
  void valueThatIsNotJsonIsRefusedWithItsBytesAndTheOthersGoOn() {
    Topic topic = Topic.made(1);
    topic.write(List.of("{\"id\":1}", "no json at all", "[1,2]", "\"text\"", "{\"id\":2}"));
    try (LiveSource source = new Reader(topic).read(5).source) {
      assertThat(source).isNotNull();
    }
    var reader = new Reader(topic, "group", "other").read(5);
    reader.source.close();

    assertThat(reader.refused).containsOnlyKeys("no json at all");
    assertThat(reader.refusal("no json at all")).isEqualTo("not_json");
    assertThat(reader.items)
        .extracting(item -> Json.text(item.payload()))
        .containsExactly("{\"id\":1}", "{\"value\":[1,2]}", "{\"value\":\"text\"}", "{\"id\":2}");
    assertThat(reader.items)
        .extracting(item -> Objects.requireNonNull(item.origin()).bytes().toString())
        .containsExactly("{\"id\":1}", "{\"value\":[1,2]}", "{\"value\":\"text\"}", "{\"id\":2}");
  }

  @Test
  void recordWithoutAValueIsADeletionIfItsKeyIsAField() {
    Topic topic = Topic.made(1);
    topic.write(0, "7", "{\"name\":\"Ann\"}");
    topic.write(0, "7", null);
    var keyed = new Reader(topic, "key-field", "id").read(2);
    keyed.source.close();
    assertThat(keyed.items)
        .extracting(item -> Json.text(item.payload()))
        .containsExactly("{\"id\":\"7\",\"name\":\"Ann\"}", "{\"id\":\"7\",\"__deleted\":true}");

    var keyless = new Reader(topic, "group", "other").read(2);
    keyless.source.close();
    assertThat(keyless.items).hasSize(1);
    assertThat(keyless.refusal("")).isEqualTo("no_value");
  }

  @Test
  void memberThatTakesNoRecordsStaysInItsGroup() {
    Topic topic = Topic.made(1);
    topic.write(List.of("{\"id\":1}", "{\"id\":2}"));
    var reader = new Reader(topic).read(2);
    topic.write(List.of("{\"id\":3}"));
    for (int i = 0; i < 10; i++) {
      reader.source.poll(reader, 0, Duration.ZERO);
    }
    assertThat(reader.items).hasSize(2);
    reader.read(3);
    assertThat(reader.released).isEmpty();
    reader.source.close();
  }

  @Test
  void partitionsAreReleasedAndCommittedBeforeAnotherMemberGetsThem() throws InterruptedException {
    Topic topic = Topic.made(4);
    for (int p = 0; p < 4; p++) {
      for (int i = 0; i < 5; i++) {
        topic.write(p, null, "{\"p\":" + p + ",\"i\":" + i + "}");
      }
    }
    var first = new Reader(topic, "group", "shared").read(20);
    var second = new Reader[1];
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  var joined = new Reader(topic, "group", "shared");
                  second[0] = joined;
                  joined.readUntil(() -> joined.items.size() >= 2);
                });
    first.readUntil(() -> first.released.size() == 2);
    for (String partition : first.released) {
      int number = Integer.parseInt(partition.substring(partition.length() - 1));
      assertThat(topic.committed("shared", number)).isEqualTo(5);
      topic.write(number, null, "{\"p\":" + number + ",\"i\":5}");
    }
    first.readUntil(() -> !other.isAlive());
    other.join();

    assertThat(second[0].items)
        .extracting(item -> item.payload().get("i"))
        .as("the second one begins where the first one ended")
        .containsOnly(5L);
    first.source.close();
    second[0].source.close();
  }

  @Test
  void wrongAddressesAreToldInASentence() {
    var provider = new KafkaSourceProvider();
    var options = Topic.options(provider.options());
    String broker = KafkaBroker.shared().address();
    assertThatThrownBy(() -> provider.open("kafka://" + broker, options))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("kafka://BROKER:PORT/TOPIC");
    assertThatThrownBy(() -> provider.open("kafka://" + broker + "/not-there", options))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "There is no topic not-there at "
                + broker
                + ": make it first, or correct the address.");
    assertThatThrownBy(() -> provider.open("kafka://me:secret@" + broker + "/orders", options))
        .isInstanceOf(UserException.class)
        .hasMessageNotContaining("secret");
  }
}
