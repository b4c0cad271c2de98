package dev.waybill.testkit.aws;

import dev.waybill.sim.HttpInput;
import dev.waybill.sim.HttpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 server on loopback that can also break connections. One virtual thread for each
/// connection.
final class Loopback implements AutoCloseable {

  /// What is sent back.
  ///
  /// @param bytes null to end the connection instead
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Response(byte @Nullable [] bytes, Duration delay) {}

  /// Answers one request.
  @FunctionalInterface
  interface Handler {
    Response handle(HttpRequest request) throws IOException;
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Loopback(ServerSocket listener, Handler handler) {
    this.listener = listener;
    this.handler = handler;
  }

  static Loopback start(Handler handler) {
    try {
      var listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
      var server = new Loopback(listener, handler);
      Thread.ofVirtual().name("aws-" + listener.getLocalPort()).start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `http://127.0.0.1:PORT`.
  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // closed, or a client that went away before it was let in
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      var in = new HttpInput(socket.getInputStream(), out);
      for (HttpRequest request = in.next(); request != null; request = in.next()) {
        Response response = handler.handle(request);
        if (response.delay().isPositive()) {
          Thread.sleep(response.delay());
        }
        if (response.bytes() == null) {
          return;
        }
        out.write(response.bytes());
        if (!request.keepsAlive()) {
          return;
        }
      }
    } catch (IOException e) {
      // the client is gone, or never spoke HTTP: nobody is left to tell
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
