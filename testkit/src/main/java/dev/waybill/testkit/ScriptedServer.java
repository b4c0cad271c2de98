package dev.waybill.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/// An HTTP/1.1 server on loopback that reads each request whole, keeps it, and then plays the next
/// [Act] of its script, on the bare socket: so it can break off, dawdle and lie as real ones do.
/// When the script has come to its end, the last act is played again and again.
public final class ScriptedServer implements AutoCloseable {

  private final ServerSocket listener;
  private final String scheme;
  private final Queue<Act> script = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Thread listening;
  private volatile Act last = Act.answer(200, "");

  private ScriptedServer(ServerSocketFactory sockets, String scheme) {
    this.scheme = scheme;
    try {
      listener = sockets.createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listening = Thread.ofVirtual().name("scripted-server").start(this::listen);
  }

  /// A server that speaks `http`.
  public static ScriptedServer start() {
    return new ScriptedServer(ServerSocketFactory.getDefault(), "http");
  }

  /// A server that speaks `https` with this key.
  public static ScriptedServer startTls(SSLContext keys) {
    return new ScriptedServer(keys.getServerSocketFactory(), "https");
  }

  /// Adds acts to the end of the script.
  public ScriptedServer play(Act... acts) {
    Collections.addAll(script, acts);
    return this;
  }

  /// `http://127.0.0.1:PORT` followed by `path`.
  public URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// All requests that were read to their end, in order.
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /// How many of them were `POST`.
  public int posts() {
    return (int) requests.stream().filter(request -> request.method().equals("POST")).count();
  }

  @Override
  public void close() {
    closeQuietly(listener);
    try {
      // The system goes on taking connections until the thread has left its waiting for them.
      listening.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(ScriptedServer::closeQuietly);
  }

  private void listen() {
    while (true) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().name("scripted-connection").start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      var line = new Line(socket);
      while (!socket.isClosed()) {
        Request request = Request.read(in);
        requests.add(request);
        Act next = script.poll();
        if (next != null) {
          last = next;
        }
        last.play(request, line);
      }
    } catch (IOException e) {
      // the client went away, or the script closed the line
    } finally {
      open.remove(socket);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // it is closed all the same
    }
  }

  /// A request as it came.
  ///
  /// @param headers by name, without regard to case
  @SuppressWarnings("ArrayRecordComponent") // nobody compares requests
  public record Request(String method, String target, Map<String, String> headers, byte[] body) {

    /// The body as text.
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /// The value of a header; empty if it was not sent.
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }

    private static Request read(InputStream in) throws IOException {
      String[] start = line(in).split(" ", -1);
      var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
      int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException();
      }
      return new Request(start[0], start[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
      var bytes = new ByteArrayOutputStream();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException();
        }
        bytes.write(next);
      }
      return bytes.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
  }

  /// The server's end of a connection.
  public static final class Line {

    private final Socket socket;

    private Line(Socket socket) {
      this.socket = socket;
    }

    /// Sends text as it is.
    public Line send(String text) throws IOException {
      return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Sends bytes as they are.
    public Line send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    }

    /// Ends the connection in good order.
    public void close() throws IOException {
      socket.close();
    }

    /// Ends the connection by a reset.
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /// What the server does with one request.
  @FunctionalInterface
  public interface Act {

    /// Plays it.
    void play(Request request, Line line) throws IOException;

    /// A sound answer, after which the connection stays open.
    ///
    /// @param headers whole lines: `Retry-After: 3`
    static Act answer(int status, String body, String... headers) {
      return answer(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /// A sound answer, after which the connection stays open.
    static Act answer(int status, byte[] body, String... headers) {
      return (request, line) ->
          line.send(head(status, "Content-Length: " + body.length, headers)).send(body);
    }

    /// A sound answer, after which the server closes without having said that it would.
    static Act answerThenClose(int status, String body) {
      return (request, line) -> {
        answer(status, body).play(request, line);
        line.close();
      };
    }

    /// Reads the request and closes the connection.
    static Act close() {
      return (request, line) -> line.close();
    }

    /// Reads the request and resets the connection.
    static Act reset() {
      return (request, line) -> line.reset();
    }

    /// Promises a longer body than it sends.
    static Act cutByLength(int status, String body) {
      return (request, line) ->
          line.send(head(status, "Content-Length: " + (body.length() + 100)) + body).close();
    }

    /// Breaks off in the middle of a chunk.
    static Act cutInChunk(int status, String body) {
      return (request, line) ->
          line.send(
                  head(status, "Transfer-Encoding: chunked")
                      + Integer.toHexString(body.length() + 100)
                      + "\r\n"
                      + body)
              .close();
    }

    /// Sends the headers, and then a byte now and then for ever.
    static Act trickle() {
      return (request, line) -> {
        line.send(head(200, "Content-Length: 1000000"));
        while (true) {
          line.send(" ");
          pause();
        }
      };
    }

    /// Reads the request and does nothing until the client goes away.
    static Act silence() {
      return (request, line) -> {
        while (line.socket.getInputStream().read() >= 0) {
          // nothing more is expected
        }
      };
    }

    /// Answers with something that is not HTTP.
    static Act nonsense(String text) {
      return (request, line) -> line.send(text).close();
    }

    private static String head(int status, String length, String... headers) {
      return "HTTP/1.1 "
          + status
          + " Scripted\r\n"
          + length
          + "\r\n"
          + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList())
          + "\r\n";
    }

    private static void pause() throws IOException {
      try {
        Thread.sleep(20); // the pace of the trickle itself; nobody waits for it
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
