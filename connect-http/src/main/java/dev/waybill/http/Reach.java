package dev.waybill.http;

import dev.waybill.UserException;
import dev.waybill.spi.AddressRule;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Looks whether a server is there before the first record is sent: a connection, TLS included, and
/// no request.
public final class Reach {

  private Reach() {}

  /// Connects to the server of `uri`, or to the proxy if there is one, and closes the connection.
  ///
  /// @throws UserException if that fails; says what to look at
  public static void check(URI uri, ConnectionSettings settings) {
    var proxy = settings.proxy();
    boolean secure = "https".equals(uri.getScheme().toLowerCase(Locale.ROOT));
    String host = proxy == null ? bare(uri.getHost()) : proxy.host();
    int port =
        proxy != null ? proxy.port() : uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    String name = (proxy == null ? "" : "the proxy ") + host + ":" + port;
    int millis = (int) Math.min(Integer.MAX_VALUE, settings.connectTimeout().toMillis());
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(settings.addresses().resolve(host)[0], port), millis);
      if (secure && proxy == null) {
        socket.setSoTimeout(millis);
        shakeHands(socket, host, port, settings);
      }
    } catch (AddressRule.RefusedException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    } catch (UnknownHostException e) {
      throw new UserException("the host " + host + " is not known; check the address", e);
    } catch (SocketTimeoutException e) {
      throw new UserException(
          name + " did not take the connection within " + millis + " ms; check address and network",
          e);
    } catch (ConnectException e) {
      throw new UserException(
          name + " can not be reached (" + Text.cut(e.getMessage()) + "); check host and port", e);
    } catch (SSLException e) {
      throw new UserException(
          "the certificate or TLS of "
              + name
              + " is not accepted ("
              + Text.cut(e.getMessage())
              + "); if it is signed by an authority of your own, name its file by --option ca-file",
          e);
    } catch (IOException e) {
      throw new UserException(
          name + " can not be reached: " + Text.cut(e.toString()) + "; check host and port", e);
    }
  }

  private static void shakeHands(Socket socket, String host, int port, ConnectionSettings settings)
      throws IOException {
    var factory = Certificates.context(settings.trust()).getSocketFactory();
    try (var secure = (SSLSocket) factory.createSocket(socket, host, port, false)) {
      if (!(settings.trust() instanceof ConnectionSettings.Trust.Anyone)) {
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
      }
      secure.startHandshake();
    }
  }

  /// `[::1]` without its brackets.
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
