package dev.waybill.server.http;

/// What the server takes.
///
/// @param bodyBytes of one request's body
/// @param headerBytes of one request's headers in all
/// @param connections open at a time
/// @param streams of events open at a time
/// @param caller requests of one who has signed in or shown a token
/// @param address requests of one network address, before it is known who calls
public record Limits(
    long bodyBytes, int headerBytes, int connections, int streams, Rate caller, Rate address) {

  /// Far above what people and well-meant programs ask, far below what would hurt the runs.
  public static final Limits USUAL =
      new Limits(1 << 20, 16 << 10, 2_000, 200, new Rate(400, 800), new Rate(800, 1_600));
}
