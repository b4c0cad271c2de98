package dev.waybill.jdbc;

import dev.waybill.spi.AddressRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/// Sockets that connect only where it is allowed: asked at the moment of connecting, when names
/// have become addresses.
///
/// The driver makes it by its class name and a text, so that rules lie ready here by name.
public final class GuardedSockets extends SocketFactory {

  private static final Map<String, AddressRule> RULES = new ConcurrentHashMap<>();

  private static final Map<AddressRule, String> NAMES = new ConcurrentHashMap<>();

  private final AddressRule rule;

  /// For the driver.
  ///
  /// @param name of a rule, as [#keep] gave it
  public GuardedSockets(String name) {
    AddressRule kept = RULES.get(name);
    if (kept == null) {
      throw new IllegalStateException("there is no rule " + name);
    }
    this.rule = kept;
  }

  /// Lays a rule ready. A process has few of them, so that none has to be taken away again.
  ///
  /// @return its name
  static String keep(AddressRule rule) {
    return NAMES.computeIfAbsent(
        rule,
        added -> {
          String name = UUID.randomUUID().toString();
          RULES.put(name, added);
          return name;
        });
  }

  @Override
  public Socket createSocket() {
    return new Guarded(rule);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  private Socket connected(InetSocketAddress place) throws IOException {
    var socket = new Guarded(rule);
    socket.connect(place);
    return socket;
  }

  private static final class Guarded extends Socket {

    private final AddressRule rule;

    Guarded(AddressRule rule) {
      this.rule = rule;
    }

    @Override
    public void connect(SocketAddress place) throws IOException {
      connect(place, 0);
    }

    @Override
    public void connect(SocketAddress place, int millis) throws IOException {
      // One without an address is a name that was not found: the socket says so.
      if (place instanceof InetSocketAddress at && at.getAddress() != null) {
        rule.check(at.getHostString(), at.getAddress());
      }
      super.connect(place, millis);
    }
  }
}
