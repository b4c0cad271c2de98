package dev.waybill.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// An HTTP client that shows what really came over the wire.
final class Client {

  private Client() {}

  /// Sends one request on a connection of its own, and returns all bytes until the connection's end
  /// as text.
  static String send(SimulatorServer server, String head, byte[] body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var request = new ByteArrayOutputStream();
      request.writeBytes(
          (head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      request.writeBytes(body);
      socket.getOutputStream().write(request.toByteArray());
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String post(SimulatorServer server, String path, String type, String body, String more) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try {
      return send(
          server,
          "POST "
              + path
              + " HTTP/1.1\nHost: test\nConnection: close\nContent-Type: "
              + type
              + "\nContent-Length: "
              + bytes.length
              + more,
          bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String records(SimulatorServer server, String json) {
    return post(server, "/records", "application/json", json, "");
  }

  static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// Posts a form and returns the body of the answer.
  static String entity(SimulatorServer server, String call, Map<String, String> parameters) {
    return body(
        post(server, "/entity." + call, "application/x-www-form-urlencoded", form(parameters), ""));
  }

  static String get(SimulatorServer server, String path) {
    try {
      return body(
          send(server, "GET " + path + " HTTP/1.1\nHost: test\nConnection: close", new byte[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String delete(SimulatorServer server, String path) {
    try {
      return send(
          server, "DELETE " + path + " HTTP/1.1\nHost: test\nConnection: close", new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }
}
