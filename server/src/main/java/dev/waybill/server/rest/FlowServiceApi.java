package dev.waybill.server.rest;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.server.access.Access;
import dev.waybill.server.access.SecretKeeper;
import dev.waybill.server.access.Secrets;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.SavedConnection.Kind;
import dev.waybill.server.http.Area;
import dev.waybill.server.http.EventStream;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.http.Rate;
import dev.waybill.server.http.RateLimiter;
import dev.waybill.server.http.RequestId;
import dev.waybill.server.work.Admission;
import dev.waybill.server.work.Works;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The API under `/data/foundation/flowservice`.
public final class FlowServiceApi implements Area {

  /// Where it begins, as in the API that it equals.
  public static final String PATH = "/data/foundation/flowservice";

  /// Shorter than the minute after which most proxies give a silent line up.
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Catalog catalog;
  private final Gate gate;
  private final List<Route> routes = new ArrayList<>();
  private volatile @Nullable JsonObject document;

  /// Everything that it needs.
  ///
  /// @param limit of each caller
  public FlowServiceApi(
      Catalog catalog,
      Works works,
      Access access,
      Secrets secrets,
      Connectors connectors,
      Rate limit,
      Clock clock) {
    this.catalog = catalog;
    gate = new Gate(access, catalog, new RateLimiter(limit, System::nanoTime));
    var stamps = new Stamps(clock);
    var specs = new Specs(connectors);
    var keeper = new SecretKeeper(secrets);
    var admission = new Admission(keeper, connectors);
    var jobs = new JobMaker(catalog, specs, connectors);
    routes.addAll(
        new Flows(catalog, works, jobs, admission, stamps, new FlowForm(catalog)).routes());
    routes.addAll(new FlowDetails(catalog, works).routes());
    routes.addAll(new Runs(catalog, works).routes());
    routes.addAll(new RunDetails(catalog, works).routes());
    for (Kind kind : Kind.values()) {
      routes.addAll(new Connections(kind, catalog, specs, keeper, stamps).routes());
    }
    routes.addAll(
        List.of(
            Route.get(
                "listConnectionSpecs",
                "/connectionSpecs",
                specs::listConnectionSpecs,
                Listing.PARAMETERS),
            Route.get("retrieveConnectionSpec", "/connectionSpecs/{id}", specs::connectionSpec),
            Route.get("listFlowSpecs", "/flowSpecs", specs::listFlowSpecs, Listing.PARAMETERS),
            Route.get("retrieveFlowSpec", "/flowSpecs/{id}", specs::flowSpec)));
  }

  /// Serves what people are told of flows too. To be called before it is served.
  public FlowServiceApi with(Alerts alerts) {
    routes.addAll(new AlertRoutes(catalog, alerts).routes());
    return this;
  }

  /// Who calls, for other areas that take tokens.
  Gate gate() {
    return gate;
  }

  List<Route> list() {
    return List.copyOf(routes);
  }

  /// The OpenAPI document, made when it is first asked for.
  JsonObject document() {
    JsonObject made = document;
    if (made == null) {
      made = OpenApi.document(list(), PATH);
      document = made;
    }
    return made;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public void routes(HttpRules rules) {
    Map<String, List<Route>> byPath =
        routes.stream()
            .collect(Collectors.groupingBy(Route::path, LinkedHashMap::new, Collectors.toList()));
    // `/flows/check` before `/flows/{id}`.
    byPath.keySet().stream()
        .sorted((one, other) -> Boolean.compare(one.contains("{"), other.contains("{")))
        .forEach(
            path -> {
              List<Route> here = byPath.getOrDefault(path, List.of());
              here.forEach(
                  route ->
                      rules.route(
                          route.method(),
                          path,
                          (request, response) -> serve(route, request, response)));
              rules.any(path, (request, response) -> otherMethod(here, request));
            });
  }

  private static void otherMethod(List<Route> here, ServerRequest request) {
    String allowed =
        here.stream().map(route -> route.method().text()).collect(Collectors.joining(", "));
    throw new HttpProblem(
        405,
        "Method not allowed",
        "This address has no " + method(request.prologue().method()) + "; it has " + allowed + ".",
        Map.of("Allow", allowed));
  }

  private static String method(Method method) {
    return method.text().length() > 10 ? "such method" : method.text();
  }

  private void serve(Route route, ServerRequest request, ServerResponse response) {
    Call call = gate.admit(request);
    String action = action(route, call);
    gate.require(call, route.role(), action);
    for (String name : request.query().names()) {
      if (!route.parameters().contains(name)) {
        throw ApiProblem.badParameter(name);
      }
    }
    if (route.action() == null) {
      send(route.handler().answer(call), request, response);
      return;
    }
    String target = request.path().pathParameters().first("id").orElse("");
    try {
      Answer answer = route.handler().answer(call);
      gate.record(call, action, made(answer, target), "done");
      send(answer, request, response);
    } catch (HttpProblem
        | dev.waybill.UserException
        | dev.waybill.server.catalog.StaleException e) {
      gate.record(call, action, target, "refused: " + e.getMessage());
      throw e;
    }
  }

  /// What the audit log calls it.
  private static String action(Route route, Call call) {
    if (route.action() == null) {
      return "read";
    }
    return route.action().endsWith(".action")
        ? route
            .action()
            .replace("action", call.query("op").map(FlowServiceApi::word).orElse("action"))
        : route.action();
  }

  private static String word(String op) {
    String word = op.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]", "");
    return word.length() > 20 ? "action" : word;
  }

  private static String made(Answer answer, String target) {
    return answer instanceof Answer.Body body && body.target() != null ? body.target() : target;
  }

  private static void send(Answer answer, ServerRequest request, ServerResponse response) {
    switch (answer) {
      case Answer.Body body -> {
        if (body.etag() != null) {
          response.headers().set(HeaderNames.ETAG, body.etag());
        }
        if (body.location() != null) {
          response.headers().set(HeaderNames.LOCATION, PATH + body.location());
        }
        json(response.status(Status.create(body.status())), body.body());
      }
      case Answer.Nothing nothing -> response.status(Status.NO_CONTENT_204).send();
      case Answer.Download download -> send(download, response);
      case Answer.Events events -> EventStream.send(request, response, HEARTBEAT, events.feed());
    }
  }

  private static void send(Answer.Download download, ServerResponse response) {
    try {
      response.headers().set(HeaderNames.CONTENT_TYPE, download.type());
      response
          .headers()
          .set(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + download.name() + "\"");
      response.headers().contentLength(Files.size(download.file()));
      try (OutputStream out = response.outputStream()) {
        Files.copy(download.file(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void json(ServerResponse response, JsonObject body) {
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(body.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void refuse(HttpProblem problem, ServerRequest request, ServerResponse response) {
    tell(problem, request, response);
  }

  /// A problem in the API's shape.
  static void tell(HttpProblem problem, ServerRequest request, ServerResponse response) {
    if (problem.status() == 401) {
      // RFC 9110, section 11.6.1.
      response.headers().set(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    json(response, ApiProblem.body(problem, RequestId.of(request)));
  }
}
