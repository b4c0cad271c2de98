package dev.waybill.server.page;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.server.access.SessionCookie;
import dev.waybill.server.http.HttpServer;
import dev.waybill.server.http.HttpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Shows the pages with the [Example] at http://127.0.0.1:8099, for whoever works on them. Sign in
/// with the token `admin`.
final class Preview {

  private Preview() {}

  static HttpServer serve(Example example, int port) {
    var parts =
        new PageParts(
            example.catalog,
            example.works,
            example.access.room(),
            Connectors.found(),
            SessionCookie.PLAIN,
            InstantSource.system());
    return HttpServer.start(
        HttpSettings.loopback(port), new SimpleMeterRegistry(), List.of(new Pages(parts)));
  }

  /// Serves until it is stopped.
  public static void main(String[] arguments) throws InterruptedException {
    serve(new Example(Instant.now()), 8099);
    System.out.println("http://127.0.0.1:8099");
    Thread.currentThread().join();
  }
}
