package dev.waybill.bench;

import dev.waybill.testkit.kafka.KafkaBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/// A broker with a topic of four partitions, and a producer that writes to it at a steady rate, in
/// a process of their own, which ends with the one that started it. Each record says when it was
/// written, in milliseconds since 1970.
final class PacedTopic implements AutoCloseable {

  private static final String TOPIC = "contacts";
  private static final int PARTITIONS = 4;

  private final Process process;
  private final BufferedReader answers;
  private final String address;

  private PacedTopic(Process process) throws IOException {
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.address = answers.readLine();
  }

  static PacedTopic start() throws IOException {
    return new PacedTopic(
        new ProcessBuilder(OwnJvm.command("-Xmx1g", PacedTopic.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /// Where the topic is to be read.
  String address() {
    return address;
  }

  /// Writes so many records a second, for so long, and waits until they are written.
  ///
  /// @return how many were written
  long write(int perSecond, int seconds) throws IOException {
    process
        .getOutputStream()
        .write((perSecond + " " + seconds + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return Long.parseLong(answers.readLine());
  }

  @Override
  public void close() {
    process.destroy();
  }

  public static void main(String[] arguments) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (KafkaBroker broker = KafkaBroker.started()) {
      broker.createTopic(TOPIC, PARTITIONS);
      System.out.println("kafka://" + broker.address() + "/" + TOPIC);
      try (var producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.address(), "linger.ms", 5),
              new StringSerializer(),
              new StringSerializer())) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          String[] words = line.split(" ", 2);
          System.out.println(
              write(producer, Integer.parseInt(words[0]), Integer.parseInt(words[1])));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long write(KafkaProducer<String, String> producer, int perSecond, int seconds) {
    long total = (long) perSecond * seconds;
    long startedAt = System.nanoTime();
    long written = 0;
    while (written < total) {
      long due = Math.min(total, (System.nanoTime() - startedAt) * perSecond / 1_000_000_000);
      while (written < due) {
        written++;
        String id = "c" + written;
        var unused =
            producer.send(
                new ProducerRecord<>(
                    TOPIC,
                    id,
                    "{\"id\":\""
                        + id
                        + "\",\"email\":\""
                        + id
                        + "@example.com\",\"name\":\"Contact "
                        + written
                        + "\",\"city\":\"Springfield\",\"at\":"
                        + System.currentTimeMillis()
                        + "}"));
      }
      LockSupport.parkNanos(1_000_000);
    }
    producer.flush();
    return total;
  }
}
