package dev.waybill.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a [Call]. The three cases differ in what the server may have done.
public sealed interface Outcome {

  /// An answer came, and it is complete.
  ///
  /// @param body decompressed; empty if there is none
  @SuppressWarnings("ArrayRecordComponent") // parsers take an array, and nobody compares answers
  record Response(int status, List<Header> headers, byte[] body) implements Outcome {

    /// The value of the first header with this name; null if there is none.
    public @Nullable String header(String name) {
      for (Header header : headers) {
        if (header.name().equalsIgnoreCase(name)) {
          return header.value();
        }
      }
      return null;
    }

    /// The body as text.
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /// Nothing of the request left this machine: the host is unknown, the connection was refused, its
  /// certificate is not trusted, no connection came to be in time.
  ///
  /// @param reason one sentence
  record NotSent(String reason) implements Outcome {}

  /// The request was begun to be sent, and no complete answer came back. The server may have acted
  /// on it, or not.
  ///
  /// @param reason one sentence
  record Lost(String reason) implements Outcome {}
}
