package dev.waybill.search;

import java.util.Map;

/// A request.
///
/// @param path behind the host, percent-encoded
/// @param parameters in the order in which they are shown
/// @param type the body's media type
@SuppressWarnings("ArrayRecordComponent") // never compared, and not changed
record Call(String method, String path, Map<String, String> parameters, String type, byte[] body) {

  static final String LINES = "application/x-ndjson";
  static final String JSON = "application/json";

  /// Without a body.
  static Call head(String path) {
    return new Call("HEAD", path, Map.of(), JSON, new byte[0]);
  }
}
