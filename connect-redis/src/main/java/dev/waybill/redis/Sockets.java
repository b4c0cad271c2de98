package dev.waybill.redis;

import dev.waybill.UserException;
import dev.waybill.spi.CaFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/// Connects, to addresses that may be connected to and no others.
final class Sockets implements JedisSocketFactory {

  private final Address address;
  private final ConnectionSettings settings;
  private final @Nullable SSLSocketFactory tls;

  /// @throws UserException if the file with certificates can not be read
  Sockets(Address address, ConnectionSettings settings) {
    this.address = address;
    this.settings = settings;
    this.tls = address.secure() ? context(settings).getSocketFactory() : null;
  }

  @Override
  public Socket createSocket() {
    int millis = (int) settings.connectTimeout().toMillis();
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(
          new InetSocketAddress(settings.addresses().resolve(address.host())[0], address.port()),
          millis);
      socket.setSoTimeout(millis);
      return tls == null ? socket : secured(socket, tls);
    } catch (IOException e) {
      try {
        socket.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw new JedisConnectionException(Text.oneLine(e.getMessage()), e);
    }
  }

  private Socket secured(Socket socket, SSLSocketFactory factory) throws IOException {
    var secure = (SSLSocket) factory.createSocket(socket, address.host(), address.port(), true);
    if (!settings.anyCertificate()) {
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
    }
    secure.startHandshake();
    return secure;
  }

  private static SSLContext context(ConnectionSettings settings) {
    try {
      var context = SSLContext.getInstance("TLS");
      Path file = settings.authority();
      TrustManager[] trust = null;
      if (settings.anyCertificate()) {
        trust = new TrustManager[] {new Anyone()};
      } else if (file != null) {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(CaFile.read(file));
        trust = factory.getTrustManagers();
      }
      context.init(null, trust, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  /// Trusts every certificate, as the user asked for by `insecure`.
  private static final class Anyone implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
