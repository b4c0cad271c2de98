package dev.waybill.testkit.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/// A broker and its controller in one, on this machine's loopback, with a log in a temporary
/// directory. It can be stopped and started again on the same port, with all that it had.
public final class KafkaBroker implements AutoCloseable {

  private static @Nullable KafkaBroker shared;

  private final Path directory;
  private final int port;
  private final Properties properties;
  private @Nullable KafkaRaftServer server;

  private KafkaBroker() throws IOException {
    directory = Files.createTempDirectory("waybill-kafka");
    port = freePort();
    properties = properties(freePort());
    format();
    start();
  }

  /// The broker that all tests of this process share; started on first use, and gone with the
  /// process. Not to be stopped.
  public static synchronized KafkaBroker shared() {
    if (shared == null) {
      KafkaBroker broker = started();
      Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
      shared = broker;
    }
    return shared;
  }

  /// A broker of one's own.
  public static KafkaBroker started() {
    try {
      return new KafkaBroker();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Properties properties(int controllerPort) {
    var settings = new Properties();
    settings.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@localhost:" + controllerPort),
            Map.entry(
                "listeners",
                "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort),
            Map.entry("advertised.listeners", "PLAINTEXT://localhost:" + port),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("log.dirs", directory.toString()),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            // Members of a group need not wait for others that may join.
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("controlled.shutdown.enable", "false")));
    return settings;
  }

  private void format() throws IOException {
    try {
      new Formatter()
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.toString())
          .setDirectories(Set.of(directory.toString()).stream().toList())
          .setIgnoreFormatted(true)
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the broker's log could not be made", e);
    }
  }

  /// Starts it, if it was stopped.
  public void start() {
    if (server == null) {
      var started = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      started.startup();
      server = started;
    }
  }

  /// Stops it; what it has stays.
  public void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  /// Where clients find it: `localhost:49152`.
  public String address() {
    return "localhost:" + port;
  }

  /// Makes a topic.
  public void createTopic(String name, int partitions) {
    try (Admin admin = admin()) {
      admin
          .createTopics(Set.of(new NewTopic(name, Optional.of(partitions), Optional.of((short) 1))))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// A client to look and change things with.
  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", address()));
  }

  @Override
  public void close() {
    stop();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
