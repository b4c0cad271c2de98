package dev.waybill.redis;

import dev.waybill.spi.AddressRule;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/// Says in words why a connection failed.
final class Failures {

  private Failures() {}

  /// What the innermost cause says, since the outer ones only say that something failed; and what
  /// to look at.
  static String message(Throwable failure) {
    Throwable innermost = failure;
    boolean tls = false;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
      tls |= innermost instanceof SSLException;
    }
    String message = Text.oneLine(innermost.getMessage());
    if (tls) {
      return "the certificate or TLS is not accepted ("
          + message
          + "); if it is signed by an authority of your own, name its file by --option ca-file";
    }
    return switch (innermost) {
      case AddressRule.RefusedException refused -> message;
      case UnknownHostException unknown -> "the host " + message + " is not known";
      case SocketTimeoutException late -> "no answer in time (" + message + ")";
      default -> message;
    };
  }
}
