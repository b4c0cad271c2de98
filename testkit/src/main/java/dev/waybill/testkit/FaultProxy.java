package dev.waybill.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A TCP proxy on loopback that breaks connections as a script says, in front of any server that
/// answers requests one after the other: HTTP/1.1, PostgreSQL. Safe for use by many threads.
///
/// A call begins with the first bytes that the client sends after an answer (or at the beginning);
/// each call meets the fault that the script gives for it. It is therefore the wrong proxy for
/// protocols with several calls under way on a connection, such as HTTP/2.
public final class FaultProxy implements AutoCloseable {

  private final InetSocketAddress server;
  private final FaultScript script;
  private final int port;
  private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private final AtomicLong connections = new AtomicLong();
  private ServerSocket listener;
  private Thread accepting = new Thread();
  private long calls;

  /// What is done to a call.
  public enum Fault {
    /// Nothing.
    PASS,
    /// The connection ends before anything reaches the server.
    CUT_BEFORE,
    /// The connection is reset (RST) before anything reaches the server.
    RESET_BEFORE,
    /// The request reaches the server; when the server begins to answer, the connection ends and
    /// the answer is withheld.
    CUT_AFTER,
    /// As [#CUT_AFTER], with a reset (RST).
    RESET_AFTER,
    /// The connection ends in the middle of the answer: after half of what the server's first
    /// packet held.
    CUT_ANSWER,
    /// Nothing reaches the server, and nothing ever comes back.
    STALL_BEFORE,
    /// The request reaches the server, and nothing ever comes back.
    STALL_AFTER,
    /// The request reaches the server; instead of the answer, the proxy closes its half of the
    /// connection and leaves the other open.
    HALF_CLOSE
  }

  private FaultProxy(InetSocketAddress server, FaultScript script, ServerSocket listener) {
    this.server = server;
    this.script = script;
    this.listener = listener;
    this.port = listener.getLocalPort();
  }

  /// Starts a proxy in front of a server on loopback.
  ///
  /// @throws UncheckedIOException if there is no free port
  public static FaultProxy before(int serverPort, FaultScript script) {
    var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    try {
      var proxy = new FaultProxy(server, script, listen(0));
      proxy.acceptConnections();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The port to connect to instead of the server's.
  public int port() {
    return port;
  }

  /// How many connections were made to it.
  public long connections() {
    return connections.get();
  }

  /// How many calls met this fault.
  public long count(Fault fault) {
    synchronized (counts) {
      return counts.getOrDefault(fault, 0L);
    }
  }

  /// From now on connections are refused, and those that there were are reset.
  public synchronized void refuse() {
    try {
      listener.close();
      // the port is free only when the thread that listened on it has let go
      accepting.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(ProxiedConnection::reset);
  }

  /// Takes connections again, on the same port.
  public synchronized void accept() {
    try {
      listener = listen(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptConnections();
  }

  @Override
  public void close() {
    refuse();
  }

  /// The fault for the call that now begins.
  Fault nextFault() {
    synchronized (counts) {
      calls++;
      Fault fault = script.fault(calls);
      counts.merge(fault, 1L, Long::sum);
      return fault;
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    var listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    return listener;
  }

  private void acceptConnections() {
    ServerSocket source = listener;
    accepting =
        Thread.ofVirtual()
            .name("fault-proxy-" + port)
            .start(
                () -> {
                  while (!source.isClosed()) {
                    try {
                      connect(source.accept());
                    } catch (IOException e) {
                      // closed, or a client that went away before it was let in
                    }
                  }
                });
  }

  private void connect(Socket client) throws IOException {
    connections.incrementAndGet();
    var toServer = new Socket();
    try {
      toServer.connect(server);
    } catch (IOException e) {
      client.close();
      throw e;
    }
    var connection = new ProxiedConnection(client, toServer, this::nextFault);
    open.add(connection);
    connection.start(() -> open.remove(connection));
  }
}
