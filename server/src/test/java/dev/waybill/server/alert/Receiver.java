package dev.waybill.server.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// Somebody's webhook: answers as it is told to, and remembers what came.
final class Receiver implements AutoCloseable {

  /// A request that came.
  record Got(String body, Map<String, List<String>> headers) {

    String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  final List<Got> got = new CopyOnWriteArrayList<>();

  /// The same, for those who wait for one.
  final BlockingQueue<Got> arrivals = new LinkedBlockingQueue<>();

  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          var request = new Got(body, Map.copyOf(exchange.getRequestHeaders()));
          got.add(request);
          arrivals.add(request);
          Integer answer = answers.poll();
          exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
          exchange.close();
        });
    server.start();
  }

  /// The next ones are answered so; all after them with 204.
  void answers(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  AlertRule.Channel channel() {
    return new AlertRule.Channel.Webhook(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/hook", "secret:hook");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
