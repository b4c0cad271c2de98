package dev.waybill.server.page;

import dev.waybill.server.access.SignIn;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.page.view.Shell;
import dev.waybill.server.page.view.SignInView;
import dev.waybill.server.page.view.Wording;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.jspecify.annotations.Nullable;

/// Signing in and out, and what a visitor chooses for themselves: sandbox and theme.
final class SignInPages {

  private final Desk desk;

  SignInPages(Desk desk) {
    this.desk = desk;
  }

  void routes(HttpRules rules) {
    rules.get("/sign-in", (request, response) -> show(request, response, null));
    rules.post("/sign-in", this::signIn);
    rules.post("/sign-out", desk.form((visit, form) -> signOut(visit)));
    rules.post("/sandbox", desk.form(SignInPages::chooseSandbox));
    rules.post("/theme", SignInPages::chooseTheme);
  }

  private void show(ServerRequest request, ServerResponse response, @Nullable String problem) {
    if (problem == null && desk.session(request).isPresent()) {
      Desk.go(response, "/flows");
      return;
    }
    Done done = Done.of(request.query().first("done").orElse(""));
    var shell =
        new Shell(
            "Sign in",
            Shell.Section.NONE,
            null,
            Cookies.theme(request),
            "/sign-in",
            done == null ? null : new Shell.Notice(Shell.Tone.DONE, done.sentence()));
    desk.send(
        response,
        "signin",
        shell,
        new SignInView(problem, request.query().first("next").orElse("")));
  }

  private void signIn(ServerRequest request, ServerResponse response) {
    Desk.requireSameOrigin(request);
    Parameters form = Desk.form(request);
    String token = form.first("token").orElse("").strip();
    switch (desk.parts().access().sessions().signIn(token, Desk.address(request))) {
      case SignIn.Done done -> {
        response.headers().add(HeaderNames.SET_COOKIE, desk.parts().cookie().set(done.session()));
        Desk.go(response, ownPath(form.first("next").orElse("")));
      }
      case SignIn.Refused refused -> {
        response.status(403);
        show(request, response, "This token opens nothing: it is wrong, withdrawn, or expired.");
      }
      case SignIn.Wait wait -> {
        response.status(429);
        show(
            request,
            response,
            "There were too many wrong tokens; try again in " + Wording.length(wait.time()) + ".");
      }
    }
  }

  /// A path of ours, and nothing that a browser takes for another site's.
  static String ownPath(String wanted) {
    return wanted.matches("/[A-Za-z0-9_][A-Za-z0-9_/.~%-]*") ? wanted : "/flows";
  }

  private void signOut(Visit visit) {
    desk.parts().access().sessions().signOut(visit.session());
    visit.response().headers().add(HeaderNames.SET_COOKIE, desk.parts().cookie().clear());
    visit.go("/sign-in", Done.SIGNED_OUT);
  }

  private static void chooseSandbox(Visit visit, Parameters form) {
    String sandbox = form.first("sandbox").orElse("");
    if (!visit.sandboxes().contains(sandbox)) {
      throw HttpProblem.notFound("There is no sandbox '" + sandbox + "' that you can reach.");
    }
    Cookies.set(visit.response(), Cookies.SANDBOX, sandbox);
    visit.go("/flows");
  }

  /// Changes nothing but the look, so it is open to all.
  private static void chooseTheme(ServerRequest request, ServerResponse response) {
    Parameters form = Desk.form(request);
    String theme = form.first("theme").orElse("");
    Cookies.set(
        response, Cookies.THEME, theme.equals("light") || theme.equals("dark") ? theme : "system");
    Desk.go(response, ownPath(form.first("here").orElse("")));
  }
}
