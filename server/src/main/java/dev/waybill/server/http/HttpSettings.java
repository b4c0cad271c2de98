package dev.waybill.server.http;

import org.jspecify.annotations.Nullable;

/// Where and how the server listens.
///
/// @param host address or name to bind to
/// @param port 0 for any that is free
/// @param tls null for plain HTTP
/// @param accessLog whether requests are logged
/// @param proxy whose word for a client's address is taken
public record HttpSettings(
    String host,
    int port,
    @Nullable TlsFiles tls,
    Limits limits,
    AccessLog accessLog,
    Proxy proxy) {

  /// Whether each request gets a line in the log `dev.waybill.server.access`.
  public enum AccessLog {
    OFF,
    ON
  }

  /// Whether there is a reverse proxy before the server.
  public enum Proxy {
    /// `X-Forwarded-For` is not believed.
    NONE,
    /// The last address in `X-Forwarded-For` is the client's. Only right where nobody can reach the
    /// server but through the proxy.
    TRUSTED
  }

  /// This machine only, plain HTTP.
  public static HttpSettings loopback(int port) {
    return new HttpSettings("127.0.0.1", port, null, Limits.USUAL, AccessLog.OFF, Proxy.NONE);
  }

  public HttpSettings withHost(String host) {
    return new HttpSettings(host, port, tls, limits, accessLog, proxy);
  }

  public HttpSettings withTls(TlsFiles tls) {
    return new HttpSettings(host, port, tls, limits, accessLog, proxy);
  }

  public HttpSettings withLimits(Limits limits) {
    return new HttpSettings(host, port, tls, limits, accessLog, proxy);
  }

  public HttpSettings withAccessLog(AccessLog accessLog) {
    return new HttpSettings(host, port, tls, limits, accessLog, proxy);
  }

  public HttpSettings withProxy(Proxy proxy) {
    return new HttpSettings(host, port, tls, limits, accessLog, proxy);
  }
}
