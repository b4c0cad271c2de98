package dev.waybill.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/// Tells a failure in the form of the area that the request is in.
final class Refusals implements ErrorHandler<Throwable> {

  private static final System.Logger LOG = System.getLogger("dev.waybill.server.http");

  private final List<Area> areas;
  private final SecurityHeaders security;

  /// @param areas the one with the longest path first
  Refusals(List<Area> areas, SecurityHeaders security) {
    this.areas = areas;
    this.security = security;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response, Throwable failure) {
    HttpProblem problem = HttpProblem.of(failure);
    if (problem == null) {
      String id = RequestId.of(request);
      LOG.log(System.Logger.Level.ERROR, "request " + id + " failed", failure);
      problem =
          new HttpProblem(
              500,
              "Internal Error",
              "An internal error has occurred; the log has it under the request id " + id + ".");
    }
    response.status(Status.create(problem.status()));
    response.headers().set(RequestId.HEADER, RequestId.of(request));
    security.on(response);
    problem.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    area(request.prologue().uriPath().path()).refuse(problem, request, response);
  }

  private Area area(String path) {
    return areas.stream()
        .filter(area -> covers(area.path(), path))
        .findFirst()
        .orElseGet(areas::getLast);
  }

  static boolean covers(String area, String path) {
    return area.equals("/") || path.equals(area) || path.startsWith(area + "/");
  }
}
