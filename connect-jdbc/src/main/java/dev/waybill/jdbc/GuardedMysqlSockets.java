package dev.waybill.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/// [GuardedSockets] as the driver for MySQL takes them: made by the class's name, and told
/// afterwards by which rule.
public final class GuardedMysqlSockets extends ConfigurableSocketFactory {

  /// The driver's property that names the rule. The driver does not know it, and hands it on.
  static final String RULE = "waybillAddressRule";

  private @Nullable SocketFactory guarded;

  /// For the driver.
  public GuardedMysqlSockets() {}

  @Override
  public void setConfiguration(Configuration configuration, String host) {
    guarded = new GuardedSockets(configuration.nonMappedOptions().getProperty(RULE, ""));
  }

  private SocketFactory guarded() {
    if (guarded == null) {
      throw new IllegalStateException("the driver did not tell by which rule to connect");
    }
    return guarded;
  }

  @Override
  public Socket createSocket() throws IOException {
    return guarded().createSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return guarded().createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return guarded().createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return guarded().createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return guarded().createSocket(host, port, local, localPort);
  }
}
