package dev.waybill.search;

import dev.waybill.spi.AddressRule;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.RequestNotExecutedException;

/// Tells a request that certainly was not sent from one that may have been.
final class Failures {

  /// What can only happen before the first byte of a request is written.
  private static final List<Class<? extends Throwable>> BEFORE_SENDING =
      List.of(
          ConnectException.class,
          ConnectTimeoutException.class,
          ConnectionRequestTimeoutException.class,
          NoRouteToHostException.class,
          RequestNotExecutedException.class,
          SSLHandshakeException.class,
          SSLPeerUnverifiedException.class,
          UnknownHostException.class);

  private Failures() {}

  static Outcome outcome(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      for (Class<?> type : BEFORE_SENDING) {
        if (type.isInstance(t)) {
          return new Outcome.NotSent(message(t));
        }
      }
    }
    return new Outcome.Lost("the connection broke: " + message(failure));
  }

  private static String message(Throwable failure) {
    String message = Text.oneLine(failure.getMessage());
    return switch (failure) {
      case AddressRule.RefusedException refused -> message;
      case UnknownHostException unknown -> "the host " + message + " is not known";
      case SSLHandshakeException tls ->
          "the certificate or TLS is not accepted ("
              + message
              + "); if it is signed by an authority of your own, name its file by --option ca-file";
      default -> message + " (" + failure.getClass().getSimpleName() + ")";
    };
  }
}
