package dev.waybill.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.embedded.RedisServer;

/// One real Redis for all tests, in a process of its own that ends with this one.
final class RedisNode {

  static final String SECRET = "a-secret-word";

  private static final int PORT = start();

  private RedisNode() {}

  private static int start() {
    try {
      int port;
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      RedisServer server =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("save \"\"")
              .setting("user waybill on >" + SECRET + " ~* &* +@all")
              .setting("user reader on >" + SECRET + " ~* &* +@read +@connection +info")
              .setting("user narrow on >" + SECRET + " ~mine:* &* +@all")
              .build();
      server.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(RedisServer server) {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int port() {
    return PORT;
  }

  static String address() {
    return "redis://127.0.0.1:" + PORT;
  }

  /// Makes a command past the connector, in database 0.
  static @Nullable Object ask(Protocol.Command word, String... arguments) {
    return in(0, word, arguments);
  }

  /// Makes a command past the connector.
  static @Nullable Object in(int database, Protocol.Command word, String... arguments) {
    try (var connection = new Connection("127.0.0.1", PORT)) {
      connection.select(database);
      connection.sendCommand(word, arguments);
      return text(connection.getOne());
    }
  }

  private static @Nullable Object text(@Nullable Object reply) {
    return switch (reply) {
      case byte[] bytes -> new String(bytes, UTF_8);
      case List<?> list -> list.stream().map(RedisNode::text).toList();
      case null, default -> reply;
    };
  }

  /// The same for a reply that is a list of texts.
  static List<String> texts(int database, Protocol.Command word, String... arguments) {
    return in(database, word, arguments) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /// The keys of a kind.
  static List<String> keys(int database, String kind) {
    return in(database, Protocol.Command.SCAN, "0", "COUNT", "100000", "TYPE", kind)
            instanceof List<?> answer
        ? ((List<?>) answer.getLast()).stream().map(String::valueOf).toList()
        : List.of();
  }

  static void empty() {
    ask(Protocol.Command.FLUSHALL);
  }
}
