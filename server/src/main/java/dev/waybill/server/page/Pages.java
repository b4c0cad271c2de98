package dev.waybill.server.page;

import dev.waybill.server.alert.Alerts;
import dev.waybill.server.http.Area;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.page.view.ProblemView;
import dev.waybill.server.page.view.Shell;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// The pages that people look at: everything below `/` that is not the API's.
public final class Pages implements Area {

  private final Rendering rendering;
  private final Desk desk;

  /// @param parts what the pages show and change
  public Pages(PageParts parts) {
    rendering = Rendering.ofClassPath();
    desk = new Desk(parts, rendering);
  }

  /// With the alerts of flows on their pages. To be called before it serves.
  public Pages with(Alerts alerts) {
    desk.alerts(alerts);
    return this;
  }

  @Override
  public String path() {
    return "/";
  }

  @Override
  public void routes(HttpRules rules) {
    rules.register(Rendering.ASSETS, rendering.assets());
    rules.register(Rendering.VENDOR, rendering.vendor());
    rules.get("/", (request, response) -> Desk.go(response, "/flows"));
    new SignInPages(desk).routes(rules);
    new EditorPages(desk).routes(rules);
    new FlowPages(desk).routes(rules);
    new RunPages(desk).routes(rules);
    new SettingsPages(desk).routes(rules);
  }

  @Override
  public void refuse(HttpProblem problem, ServerRequest request, ServerResponse response) {
    if (request.headers().contains(Cookies.HX_REQUEST)) {
      response.headers().set(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
      response.send(problem.detail());
      return;
    }
    var shell =
        new Shell(
            problem.title(), Shell.Section.NONE, null, Cookies.theme(request), "/flows", null);
    desk.send(
        response,
        "problem",
        shell,
        new ProblemView(problem.status(), problem.title(), problem.detail()));
  }
}
