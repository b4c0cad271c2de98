package dev.waybill.server.http;

import dev.waybill.UserException;
import io.helidon.common.configurable.Resource;
import io.helidon.common.context.Context;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// The web server: areas behind limits, security headers and request ids.
///
/// ```java
/// try (var server = HttpServer.start(HttpSettings.loopback(8080), meters, List.of(api, page))) {
///   …
/// }
/// ```
public final class HttpServer implements AutoCloseable {

  /// How long requests under way may take when the server stops.
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final WebServer server;
  private final OpenStreams streams;
  private final HttpSettings settings;

  private HttpServer(WebServer server, OpenStreams streams, HttpSettings settings) {
    this.server = server;
    this.streams = streams;
    this.settings = settings;
  }

  /// Starts to listen.
  ///
  /// @param meters gets the times of requests, as `http.server.requests`
  /// @param areas at least one
  /// @throws UserException if the address can not be bound, or certificate or key can not be read
  public static HttpServer start(HttpSettings settings, MeterRegistry meters, List<Area> areas) {
    return start(settings, meters, areas, List.of());
  }

  /// Starts to listen, with more to be done around each request.
  ///
  /// @param around the first one outermost
  /// @throws UserException as the other one
  public static HttpServer start(
      HttpSettings settings, MeterRegistry meters, List<Area> areas, List<Filter> around) {
    var streams = new OpenStreams(settings.limits().streams());
    Context context = Context.create();
    context.register(streams);
    WebServerConfig.Builder config =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .serverContext(context)
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .maxPayloadSize(settings.limits().bodyBytes() + BodyLimit.PATIENCE_BYTES)
            // An answer in two writes would wait 40 ms for the client's delayed acknowledgement.
            .connectionOptions(socket -> socket.tcpNoDelay(true))
            .maxTcpConnections(settings.limits().connections())
            .protocolsDiscoverServices(false)
            .addProtocol(
                Http1Config.builder()
                    .maxHeadersSize(settings.limits().headerBytes())
                    .maxPrologueLength(8 << 10)
                    .build())
            .directHandlers(directHandlers())
            .routing(routing(settings, meters, areas, around));
    TlsFiles files = settings.tls();
    if (files != null) {
      config.tls(tls(files));
    }
    WebServer server = config.build();
    requireFree(settings);
    server.start();
    return new HttpServer(server, streams, settings);
  }

  /// The library logs a trace of its own where the address is taken; so it is not asked then.
  private static void requireFree(HttpSettings settings) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (IOException e) {
      throw new UserException(
          "The address "
              + settings.host()
              + ":"
              + settings.port()
              + " can not be listened at ("
              + rootMessage(e)
              + "); choose another by --host and --port.",
          e);
    }
  }

  private static HttpRouting.Builder routing(
      HttpSettings settings, MeterRegistry meters, List<Area> areas, List<Filter> around) {
    List<Area> longestFirst =
        areas.stream()
            .sorted(Comparator.comparingInt((Area area) -> area.path().length()).reversed())
            .toList();
    var security = new SecurityHeaders(settings);
    var limiter = new RateLimiter(settings.limits().address(), System::nanoTime);
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.addFilter(
        (FilterChain chain, RoutingRequest request, RoutingResponse response) -> {
          RequestId id = RequestId.given(request);
          request.context().register(id);
          request.context().register(ClientAddress.given(request, settings.proxy()));
          response.headers().set(RequestId.HEADER, id.value());
          security.on(response);
          chain.proceed();
        });
    if (settings.accessLog() == HttpSettings.AccessLog.ON) {
      routing.addFilter(new AccessLogFilter());
    }
    around.forEach(routing::addFilter);
    routing.addFilter(new RequestTimes(meters));
    routing.addFilter(
        (FilterChain chain, RoutingRequest request, RoutingResponse response) -> {
          limiter.spend(ClientAddress.of(request));
          chain.proceed();
        });
    routing.addFilter(new BodyLimit(settings.limits().bodyBytes()));
    for (Area area : longestFirst) {
      routing.register(
          area.path(),
          rules -> {
            area.routes(rules);
            rules.any(
                (request, response) -> {
                  throw HttpProblem.ofStatus(404);
                });
          });
    }
    routing.error(Throwable.class, new Refusals(longestFirst, security));
    return routing;
  }

  /// What can not even be read as a request gets a plain word, and nothing of what it was.
  private static DirectHandlers directHandlers() {
    DirectHandler handler =
        (request, type, status, headers, message) -> {
          HttpProblem problem = HttpProblem.ofStatus(status.code());
          return DirectHandler.TransportResponse.builder()
              .status(status)
              .headers(headers)
              .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
              .keepAlive(false)
              .entity(problem.detail().getBytes(StandardCharsets.UTF_8))
              .build();
        };
    var handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }

  private static Tls tls(TlsFiles files) {
    for (Path file : List.of(files.certificates(), files.key())) {
      if (!Files.isReadable(file)) {
        throw new UserException("The file " + file + " for TLS can not be read.");
      }
    }
    try {
      return Tls.builder()
          .privateKey(keys -> keys.pem(pem -> pem.key(Resource.create(files.key()))))
          .privateKeyCertChain(
              keys -> keys.pem(pem -> pem.certChain(Resource.create(files.certificates()))))
          .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"))
          .build();
    } catch (RuntimeException e) {
      throw new UserException(
          "The files "
              + files.certificates()
              + " and "
              + files.key()
              + " are not a PEM certificate chain and its PKCS #8 key: "
              + rootMessage(e),
          e);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  /// Where it listens, with the port that it got.
  public URI address() {
    String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
    return URI.create(
        (settings.tls() == null ? "http://" : "https://")
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + server.port());
  }

  /// Takes no new requests, ends the streams of events, and gives the requests under way a few
  /// seconds.
  @Override
  public void close() {
    streams.close();
    server.stop();
  }
}
