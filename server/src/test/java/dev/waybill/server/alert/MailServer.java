package dev.waybill.server.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// As much of a mail server (RFC 5321) as a client that sends needs to see.
final class MailServer implements AutoCloseable {

  final List<String> messages = new CopyOnWriteArrayList<>();
  final List<String> recipients = new CopyOnWriteArrayList<>();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final ServerSocket socket;

  MailServer() throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  /// The next recipients are answered so.
  void answers(String... lines) {
    answers.addAll(List.of(lines));
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (IOException e) {
        // the client went away, or the test is over
      }
    }
  }

  private void talk(Socket client) throws IOException {
    var in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
    var out = new PrintWriter(client.getOutputStream(), true, UTF_8);
    say(out, "220 test");
    String line = in.readLine();
    while (line != null) {
      String word = line.substring(0, Math.min(4, line.length()));
      switch (word) {
        case "RCPT" -> {
          String answer = answers.poll();
          recipients.add(line);
          say(out, answer == null ? "250 ok" : answer);
        }
        case "DATA" -> {
          say(out, "354 go on");
          var message = new StringBuilder();
          for (line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            message.append(line).append('\n');
          }
          messages.add(message.toString());
          say(out, "250 taken");
        }
        case "QUIT" -> {
          say(out, "221 bye");
          return;
        }
        default -> say(out, "250 ok");
      }
      line = in.readLine();
    }
  }

  private static void say(PrintWriter out, String line) {
    out.print(line + "\r\n");
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
