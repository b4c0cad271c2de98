package dev.waybill.kafka;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.json.Json;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Preview;
import dev.waybill.spi.Traits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/// A topic. A call hands its records to Kafka's client, which brings them to the brokers in
/// requests of its own making, repeating those without writing anything twice, and waits for what
/// became of each.
final class KafkaDestination implements Destination<Fields>, Preview<Fields> {

  /// Records in a call if nothing else is said: enough to keep the client's requests full.
  private static final int USUAL_ITEMS = 1_000;

  private static final int USUAL_CALLS = 4;

  /// What is written.
  enum Content {
    RECORDS,
    /// Keys without a value, which delete.
    TOMBSTONES
  }

  private final KafkaAddress address;
  private final Producer<byte[], byte[]> producer;
  private final Reachability reachability;
  private final Content content;
  private final List<Header> headers;
  private final Traits traits;

  private KafkaDestination(
      KafkaAddress address,
      Producer<byte[], byte[]> producer,
      Reachability reachability,
      Content content,
      List<Header> headers,
      Traits traits) {
    this.address = address;
    this.producer = producer;
    this.reachability = reachability;
    this.content = content;
    this.headers = headers;
    this.traits = traits;
  }

  static KafkaDestination open(
      KafkaAddress address, Options options, Delivery delivery, Content content) {
    List<Header> headers = headers(options.text("headers"));
    var traits =
        Traits.of(
                options.enabled("idempotent")
                    ? Traits.Idempotence.IDEMPOTENT
                    : Traits.Idempotence.NOT_IDEMPOTENT)
            .suggesting(USUAL_ITEMS, USUAL_CALLS, 0);
    Producer<byte[], byte[]> producer = Producers.producer(address, options);
    try {
      Producers.topic(address, producer);
      return new KafkaDestination(
          address,
          producer,
          new Reachability(address, options),
          content,
          headers,
          // A topic keeps the order of a key's records, so it is for us to bring them in it.
          delivery.key().isEmpty() ? traits : traits.overtakingIsHarmful());
    } catch (RuntimeException | Error e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  private static List<Header> headers(@Nullable String text) {
    var headers = new ArrayList<Header>();
    for (String pair : text == null ? new String[0] : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new UserException(
            "The option headers takes NAME=TEXT, several with commas, not '" + text + "'.");
      }
      headers.add(
          new RecordHeader(
              pair.substring(0, equals).strip(),
              pair.substring(equals + 1).getBytes(StandardCharsets.UTF_8)));
    }
    return List.copyOf(headers);
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Item<Fields> prepare(Item<Fields> item) {
    return item.prepared(Json.bytes(item.payload()));
  }

  private byte @Nullable [] value(Item<Fields> item) {
    return switch (content) {
      case TOMBSTONES -> null;
      case RECORDS -> item.prepared() instanceof byte[] made ? made : Json.bytes(item.payload());
    };
  }

  private static byte @Nullable [] key(Item<Fields> item) {
    return item.key() == null ? null : item.key().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public long bytesOf(Item<Fields> item) {
    byte[] value = value(item);
    byte[] key = key(item);
    return (value == null ? 0L : value.length) + (key == null ? 0L : key.length);
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    Reason away = reachability.whyNot();
    if (away != null) {
      return new Reply.Unavailable(away);
    }
    var sent = new ArrayList<Sent>(batch.size());
    for (Item<Fields> item : batch.items()) {
      sent.add(send(item));
    }
    var verdicts = new ArrayList<Verdict>(batch.size());
    var outcomes = new Outcomes(address);
    for (Sent each : sent) {
      verdicts.add(outcomes.verdict(each));
    }
    if (outcomes.failed()) {
      reachability.doubt();
    }
    return outcomes.reply(verdicts);
  }

  /// A record that was handed to the client.
  ///
  /// @param refused why the client did not even take it, so that it certainly did not leave
  record Sent(@Nullable Future<RecordMetadata> future, @Nullable Throwable refused) {

    /// What became of it.
    ///
    /// @throws ExecutionException if it may have left, and failed
    RecordMetadata await() throws ExecutionException, InterruptedException {
      if (future == null) {
        throw new IllegalStateException("it was not sent");
      }
      return future.get();
    }
  }

  private Sent send(Item<Fields> item) {
    var record = new ProducerRecord<>(address.topic(), null, null, key(item), value(item), headers);
    // The client calls back on our own thread only for what it has not taken.
    var refusal = new Throwable[1];
    long caller = Thread.currentThread().threadId();
    try {
      Future<RecordMetadata> future =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure != null && Thread.currentThread().threadId() == caller) {
                  refusal[0] = failure;
                }
              });
      return refusal[0] == null ? new Sent(future, null) : new Sent(null, refusal[0]);
    } catch (KafkaException | IllegalStateException e) {
      return new Sent(null, e);
    }
  }

  @Override
  public String preview(Batch<Fields> batch) {
    var text = new StringBuilder("to " + address + "\n");
    for (Item<Fields> item : batch.items()) {
      text.append(item.key() == null ? "no key" : item.key())
          .append(": ")
          .append(content == Content.TOMBSTONES ? "no value" : Json.text(item.payload()))
          .append('\n');
    }
    return text.toString();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
    reachability.close();
  }
}
