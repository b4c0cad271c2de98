package dev.waybill.server.rest;

import dev.waybill.server.access.Caller;
import dev.waybill.server.access.Role;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.http.Area;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.http.StaticFiles;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// What is told of the service itself, at the root: `/health`, `/metrics`, `/openapi.json`,
/// `/docs`.
public final class ServiceArea implements Area {

  private final String path;
  private final Consumer<HttpRules> routes;

  private ServiceArea(String path, Consumer<HttpRules> routes) {
    this.path = path;
    this.routes = routes;
  }

  /// All of them.
  ///
  /// @param meters what `/metrics` shows
  public static List<Area> all(
      FlowServiceApi api, Catalog catalog, PrometheusMeterRegistry meters) {
    return List.of(health(catalog), metrics(api, meters), openApi(api), docs(api));
  }

  private static Area health(Catalog catalog) {
    return new ServiceArea(
        "/health",
        rules ->
            rules
                .get("/live", (request, response) -> status(response, true))
                .get("/ready", (request, response) -> status(response, works(catalog)))
                .get("/", (request, response) -> status(response, works(catalog))));
  }

  /// Whether the database answers.
  private static boolean works(Catalog catalog) {
    try {
      catalog.unfinished();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static void status(ServerResponse response, boolean up) {
    response.status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    FlowServiceApi.json(response, JsonObject.empty().put("status", up ? "up" : "down"));
  }

  private static Area metrics(FlowServiceApi api, PrometheusMeterRegistry meters) {
    return new ServiceArea(
        "/metrics",
        rules ->
            rules.get(
                "/",
                (request, response) -> {
                  Caller caller = api.gate().caller(request, "metrics");
                  if (!caller.role().mayAs(Role.ADMIN)) {
                    throw ApiProblem.missingPermission("metrics");
                  }
                  response
                      .headers()
                      .set(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
                  response.send(meters.scrape().getBytes(StandardCharsets.UTF_8));
                }));
  }

  private static Area openApi(FlowServiceApi api) {
    return new ServiceArea(
        "/openapi.json",
        rules ->
            rules.get("/", (request, response) -> FlowServiceApi.json(response, api.document())));
  }

  private static Area docs(FlowServiceApi api) {
    var files = new StaticFiles("/docs", ServiceArea.class, "docs");
    return new ServiceArea(
        "/docs",
        rules ->
            rules
                .get(
                    "/",
                    (request, response) -> {
                      response.headers().set(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
                      response.send(
                          DocsPage.of(api.document(), files.address("docs.css"))
                              .getBytes(StandardCharsets.UTF_8));
                    })
                .register("/", files));
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public void routes(HttpRules rules) {
    routes.accept(rules);
  }

  @Override
  public void refuse(HttpProblem problem, ServerRequest request, ServerResponse response) {
    FlowServiceApi.tell(problem, request, response);
  }
}
