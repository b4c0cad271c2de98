package dev.waybill.http;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// As much of an HTTP/2 server (RFC 9113, without TLS) as it takes to read a request to its end and
/// then misbehave. The last act of the script is played again and again.
final class ScriptedHttp2 implements AutoCloseable {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private final ServerSocket listener;
  private final AtomicInteger requests = new AtomicInteger();
  private final Queue<Act> script = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Act last;

  ScriptedHttp2(Act... acts) {
    Collections.addAll(script, acts);
    try {
      listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
  }

  /// Requests that were read to their end.
  int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void listen() {
    while (true) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      in.readFully(new byte[24]); // the client's preface
      var line = new Line(socket);
      line.frame(SETTINGS, 0, 0);
      while (true) {
        byte[] head = new byte[9];
        in.readFully(head);
        int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | (head[2] & 0xff);
        int stream =
            (head[5] & 0x7f) << 24
                | (head[6] & 0xff) << 16
                | (head[7] & 0xff) << 8
                | (head[8] & 0xff);
        byte[] payload = in.readNBytes(length);
        int type = head[3];
        int flags = head[4];
        if (type == SETTINGS && (flags & ACK) == 0) {
          line.frame(SETTINGS, ACK, 0);
        } else if (type == PING && (flags & ACK) == 0) {
          line.frame(PING, ACK, 0, payload);
        } else if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
          requests.incrementAndGet();
          Act next = script.poll();
          Act act = next == null ? last : next;
          last = act;
          if (act != null) {
            act.play(line, stream);
          }
        }
      }
    } catch (IOException e) {
      // over
    }
  }

  /// What the server does with a request.
  interface Act {
    void play(Line line, int stream) throws IOException;
  }

  static Act answer(int status, String body) {
    return (line, stream) -> {
      line.headers(stream, status);
      line.frame(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.UTF_8));
    };
  }

  static Act closeConnection() {
    return (line, stream) -> line.socket.close();
  }

  static Act resetConnection() {
    return (line, stream) -> {
      line.socket.setSoLinger(true, 0);
      line.socket.close();
    };
  }

  /// Resets the stream, after part of an answer, for an internal error.
  static Act cutStream() {
    return (line, stream) -> {
      line.headers(stream, 200);
      line.frame(DATA, 0, stream, "[{".getBytes(StandardCharsets.UTF_8));
      line.frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 2});
    };
  }

  static Act cutConnection() {
    return (line, stream) -> {
      line.headers(stream, 200);
      line.frame(DATA, 0, stream, "[{".getBytes(StandardCharsets.UTF_8));
      line.socket.close();
    };
  }

  /// Begins an answer and goes no further.
  static Act stall() {
    return (line, stream) -> line.headers(stream, 200);
  }

  static Act answerThenClose() {
    return (line, stream) -> {
      answer(200, "bye").play(line, stream);
      line.socket.close();
    };
  }

  /// Says that it has looked at no request, and closes.
  static Act goAway() {
    return (line, stream) -> {
      line.frame(GOAWAY, 0, 0, new byte[8]);
      line.socket.close();
    };
  }

  static final class Line {

    private final Socket socket;
    private final DataOutputStream out;

    private Line(Socket socket) throws IOException {
      this.socket = socket;
      this.out = new DataOutputStream(socket.getOutputStream());
    }

    /// `:status` as a literal under the name at index 8 of the static table (RFC 7541, appendix A).
    private void headers(int stream, int status) throws IOException {
      byte[] digits = Integer.toString(status).getBytes(StandardCharsets.US_ASCII);
      frame(HEADERS, END_HEADERS, stream, new byte[] {8, 3, digits[0], digits[1], digits[2]});
    }

    private void frame(int type, int flags, int stream, byte... payload) throws IOException {
      out.writeByte(payload.length >> 16);
      out.writeShort(payload.length);
      out.writeByte(type);
      out.writeByte(flags);
      out.writeInt(stream);
      out.write(payload);
      out.flush();
    }
  }
}
