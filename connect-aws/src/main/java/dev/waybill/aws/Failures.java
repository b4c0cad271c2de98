package dev.waybill.aws;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;

/// Tells a call that certainly was not sent from one that may have been.
final class Failures {

  /// What can only happen before the request is written. (Netty's own time-out for connecting is a
  /// [ConnectException] too.)
  private static final List<Class<? extends Throwable>> BEFORE_SENDING =
      List.of(
          ConnectException.class,
          NoRouteToHostException.class,
          UnknownHostException.class,
          UnresolvedAddressException.class,
          SSLHandshakeException.class);

  /// How the SDK's Netty client begins to say that it had no connection to send by. There is no
  /// type for it.
  private static final List<String> NO_CONNECTION =
      List.of(
          "Acquire operation took longer",
          "Maximum pending connection acquisitions exceeded",
          "Too many outstanding acquire operations");

  private Failures() {}

  /// Whether the request was certainly not sent.
  static boolean notSent(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      for (Class<?> type : BEFORE_SENDING) {
        if (type.isInstance(t)) {
          return true;
        }
      }
      String message = t.getMessage();
      if (message != null && NO_CONNECTION.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }

  static boolean noCredentials(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof NoCredentialsException) {
        return true;
      }
    }
    return false;
  }

  /// What the innermost cause says: the outer ones only say that something failed.
  static String message(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null
        ? innermost.getClass().getSimpleName()
        : Text.oneLine(message) + " (" + innermost.getClass().getSimpleName() + ")";
  }
}
