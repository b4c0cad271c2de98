package dev.waybill.http;

import dev.waybill.spi.AddressRule;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.RequestNotExecutedException;

/// One call under way: how far it came decides what its failure means.
final class Exchange extends HttpClientContext {

  private volatile boolean begun;
  private volatile boolean expired;

  /// The first byte of the request is about to be written; from here on nothing is certain.
  void begin() {
    begun = true;
  }

  boolean begun() {
    return begun;
  }

  /// The time of the call is up.
  void expire() {
    expired = true;
  }

  /// What this failure means.
  Outcome failed(URI uri, Throwable failure, Duration time) {
    String text = explain(uri, failure, time);
    // The connection was closed before the client's thread had written anything on it.
    boolean untouched = failure instanceof RequestNotExecutedException;
    return begun && !untouched ? new Outcome.Lost(text) : new Outcome.NotSent(text);
  }

  private String explain(URI uri, Throwable failure, Duration time) {
    String host = uri.getRawAuthority();
    if (expired) {
      return begun
          ? "no complete answer from " + host + " within " + time.toMillis() + " ms"
          : "no connection to " + host + " within " + time.toMillis() + " ms";
    }
    return switch (failure) {
      case AddressRule.RefusedException refused -> Text.cut(refused.getMessage());
      case UnknownHostException unknown -> "the host " + uri.getHost() + " is not known";
      case ConnectTimeoutException late -> host + " did not take the connection in time";
      case NoRouteToHostException lost -> "there is no route to " + host;
      case ConnectException refused -> host + " refused the connection";
      case SSLException tls -> "TLS with " + host + " failed: " + Text.cut(tls.getMessage());
      case AnswerBody.TooLong tooLong -> Text.cut(tooLong.getMessage());
      case NoHttpResponseException closed -> host + " closed the connection without an answer";
      case RequestNotExecutedException unused ->
          host + " closed the connection before the request was written";
      case ConnectionClosedException cut -> "the answer of " + host + " broke off";
      case IOException broken when begun ->
          "the connection to " + host + " broke: " + Text.cut(broken.getMessage());
      default -> "no connection to " + host + ": " + Text.cut(failure.toString());
    };
  }
}
