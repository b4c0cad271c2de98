package dev.waybill.server.page;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.server.access.Role;
import dev.waybill.server.access.SessionCookie;
import dev.waybill.server.http.HttpServer;
import dev.waybill.server.http.HttpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Shows the pages with the [Example] at http://127.0.0.1:8099, for whoever works on them. It
/// prints a token to sign in with.
final class Preview {

  private Preview() {}

  static HttpServer serve(Example example, int port) {
    var parts =
        new PageParts(
            example.catalog,
            example.works,
            example.access,
            Connectors.found(),
            SessionCookie.PLAIN,
            InstantSource.system());
    return HttpServer.start(
        HttpSettings.loopback(port), new SimpleMeterRegistry(), List.of(new Pages(parts)));
  }

  /// Serves until it is stopped.
  public static void main(String[] arguments) throws Exception {
    var example = new Example(Files.createTempDirectory("preview"), Instant.now());
    serve(example, 8099);
    System.out.println("http://127.0.0.1:8099");
    System.out.println(example.token(Role.ADMIN));
    Thread.currentThread().join();
  }
}
