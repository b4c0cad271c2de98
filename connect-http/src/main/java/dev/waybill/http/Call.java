package dev.waybill.http;

import dev.waybill.ByteSlice;
import java.net.URI;
import java.util.List;

/// One request, as it is to be sent.
///
/// @param method `POST`, `GET` …
/// @param uri absolute, `http` or `https`
/// @param headers all but those of the connection and the length; `Content-Type` included
/// @param body empty if there is none; must not change until the call has ended
public record Call(String method, URI uri, List<Header> headers, ByteSlice body) {

  /// A request that asks for something and carries no body.
  public static Call get(URI uri, List<Header> headers) {
    return new Call("GET", uri, headers, ByteSlice.EMPTY);
  }
}
