package dev.waybill.redis;

import dev.waybill.spi.AddressRule;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/// Says in words why a connection failed.
final class Failures {

  private Failures() {}

  /// What the innermost cause says: the outer ones only say that something failed.
  static String message(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = Text.oneLine(innermost.getMessage());
    return switch (innermost) {
      case AddressRule.RefusedException refused -> message;
      case UnknownHostException unknown -> "the host " + message + " is not known";
      case SocketTimeoutException late -> "no answer in time (" + message + ")";
      case SSLException tls ->
          "the certificate or TLS is not accepted ("
              + message
              + "); if it is signed by an authority of your own, name its file by --option ca-file";
      default -> message;
    };
  }
}
