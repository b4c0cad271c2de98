package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// An AWS service on loopback that answers what a test says, and nothing else. Questions that a
/// destination asks when it is opened are denied.
final class ScriptedEndpoint implements AutoCloseable {

  /// What the service is to answer; a status of 0 drops the connection after reading the request.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, Map<String, String> headers, byte[] body) {}

  /// A request as it came over the wire.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Seen(String operation, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }
  }

  private static final Answer DENIED =
      json(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"not allowed to ask\"}");

  private final HttpServer server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Queue<Answer> script = new ConcurrentLinkedQueue<>();

  ScriptedEndpoint() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  static Answer json(int status, String body) {
    return new Answer(
        status, Map.of("Content-Type", "application/x-amz-json-1.1"), body.getBytes(UTF_8));
  }

  static Answer dropped() {
    return new Answer(0, Map.of(), new byte[0]);
  }

  /// The next call is answered so.
  ScriptedEndpoint answering(Answer answer) {
    script.add(answer);
    return this;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// How to reach it, with credentials that it does not check.
  AwsConnection connection() {
    return AwsConnection.ordinary()
        .region("us-east-1")
        .endpoint(uri())
        .timeout(Duration.ofSeconds(5))
        .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")));
  }

  /// The calls that carried items.
  List<Seen> calls() {
    return seen;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String operation = operation(exchange, body);
    boolean question = operation.startsWith("Describe") || operation.startsWith("Get");
    if (!question) {
      seen.add(new Seen(operation, body));
    }
    Answer answer = question ? DENIED : script.poll();
    if (answer == null) {
      answer = json(500, "{\"__type\":\"NothingScripted\"}");
    }
    if (answer.status() == 0) {
      exchange.close();
      return;
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
    exchange.close();
  }

  private static String operation(HttpExchange exchange, byte[] body) {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target != null) {
      return target.substring(target.lastIndexOf('.') + 1);
    }
    String path = exchange.getRequestURI().getPath();
    if (path.contains("/functions/")) {
      return exchange.getRequestMethod().equals("GET") ? "GetFunctionConfiguration" : "Invoke";
    }
    if (path.contains("/operation/")) {
      return path.substring(path.lastIndexOf('/') + 1);
    }
    String form = new String(body, UTF_8);
    int action = form.indexOf("Action=");
    return form.substring(action + "Action=".length(), form.indexOf('&', action));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
