package dev.waybill.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/// A server on loopback that answers the questions of an opening as a Redis does, the commands
/// after that by a script, and closes the connection at the script's end.
final class ScriptedRedis implements AutoCloseable {

  private final ServerSocket listener;
  private final Queue<String> script;
  private final String cluster;
  private final String scheme;

  private ScriptedRedis(
      ServerSocketFactory sockets, String scheme, String cluster, List<String> replies)
      throws IOException {
    this.cluster = cluster;
    this.scheme = scheme;
    this.script = new ArrayDeque<>(replies);
    this.listener = sockets.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("scripted-redis").start(this::listen);
  }

  /// @param replies as they go over the wire
  static ScriptedRedis replying(String... replies) throws IOException {
    return new ScriptedRedis(
        ServerSocketFactory.getDefault(), "redis", "cluster_enabled:0", List.of(replies));
  }

  static ScriptedRedis ofCluster() throws IOException {
    return new ScriptedRedis(
        ServerSocketFactory.getDefault(), "redis", "cluster_enabled:1", List.of());
  }

  /// One that speaks TLS and takes two commands.
  static ScriptedRedis secure(SSLContext keys) throws IOException {
    return new ScriptedRedis(
        keys.getServerSocketFactory(), "rediss", "cluster_enabled:0", List.of(":1\r\n", ":1\r\n"));
  }

  String address() {
    return scheme + "://127.0.0.1:" + listener.getLocalPort();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        serve(socket);
      } catch (IOException e) {
        // closed, or the client went away
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    var in = new BufferedInputStream(socket.getInputStream());
    while (true) {
      String reply =
          switch (command(in)) {
            case "SCRIPT" -> "$40\r\n" + "0".repeat(40) + "\r\n";
            case "PING" -> "+PONG\r\n";
            case "INFO" -> "$" + cluster.length() + "\r\n" + cluster + "\r\n";
            default -> script.poll();
          };
      if (reply == null) {
        return;
      }
      socket.getOutputStream().write(reply.getBytes(US_ASCII));
      socket.getOutputStream().flush();
    }
  }

  /// Reads `*2\r\n$4\r\nPING\r\n…` and returns the first word.
  private static String command(InputStream in) throws IOException {
    int parts = Integer.parseInt(line(in).substring(1));
    String word = "";
    for (int i = 0; i < parts; i++) {
      int length = Integer.parseInt(line(in).substring(1));
      String part = new String(in.readNBytes(length), US_ASCII);
      line(in);
      word = i == 0 ? part : word;
    }
    return word;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the client went away");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
