package dev.waybill.http;

/// Makes HTTP calls, each exactly once, and tells exactly what came of it: it never repeats a
/// request, follows no redirect and reads no more than it was allowed to.
///
/// Safe for use by many threads; meant for virtual threads.
public sealed interface HttpCaller extends AutoCloseable permits Http1Caller, Http2Caller {

  /// Makes the call and waits for the whole answer.
  ///
  /// @throws InterruptedException if the thread was interrupted; the request may have been sent
  Outcome call(Call call) throws InterruptedException;

  /// Closes all connections. Calls under way end as lost.
  @Override
  void close();

  /// A caller with these settings. Connects to nothing yet.
  ///
  /// @throws dev.waybill.UserException if the file of certificates can not be used
  static HttpCaller open(ConnectionSettings settings) {
    return switch (settings.version()) {
      case HTTP_1_1 -> new Http1Caller(settings);
      case HTTP_2 -> new Http2Caller(settings);
    };
  }
}
