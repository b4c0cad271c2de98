package dev.waybill.server.page;

import dev.waybill.UserException;
import dev.waybill.server.access.Caller;
import dev.waybill.server.access.Role;
import dev.waybill.server.access.Session;
import dev.waybill.server.catalog.Sandbox;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.page.view.Shell;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A request by somebody who is signed in, and what is needed to answer it.
final class Visit {

  private final Desk desk;
  private final ServerRequest request;
  private final ServerResponse response;
  private final Session session;
  private final Caller caller;
  private final List<String> sandboxes;
  private Tenant tenant;

  Visit(
      Desk desk,
      ServerRequest request,
      ServerResponse response,
      Session session,
      List<Sandbox> reachable) {
    this.desk = desk;
    this.request = request;
    this.response = response;
    this.session = session;
    this.caller = session.caller();
    this.sandboxes = reachable.stream().map(sandbox -> sandbox.tenant().sandbox()).toList();
    this.tenant = chosen(reachable);
  }

  /// The sandbox that they chose last, or else the usual one.
  private Tenant chosen(List<Sandbox> reachable) {
    if (reachable.isEmpty()) {
      throw HttpProblem.forbidden("Your token reaches no sandbox that there is; ask for another.");
    }
    String wanted = Cookies.read(request, Cookies.SANDBOX);
    return reachable.stream()
        .filter(sandbox -> sandbox.tenant().sandbox().equals(wanted))
        .findFirst()
        .or(() -> reachable.stream().filter(Sandbox::usual).findFirst())
        .orElse(reachable.getFirst())
        .tenant();
  }

  Tenant tenant() {
    return tenant;
  }

  Caller caller() {
    return caller;
  }

  Session session() {
    return session;
  }

  List<String> sandboxes() {
    return sandboxes;
  }

  /// Goes on in another of their sandboxes, because what they ask for lies there.
  void moveTo(Tenant other) {
    if (!other.equals(tenant)) {
      tenant = other;
      Cookies.set(response, Cookies.SANDBOX, other.sandbox());
    }
  }

  /// A part of the address: `id` of `/flows/{id}`.
  String path(String name) {
    return request.path().pathParameters().get(name);
  }

  /// A parameter of the address; empty if it is not there.
  String query(String name) {
    return request.query().first(name).orElse("");
  }

  /// A parameter of the address; null if it is not there.
  @Nullable String maybe(String name) {
    return request.query().first(name).filter(value -> !value.isEmpty()).orElse(null);
  }

  /// Whether htmx asks, which wants a part of the page only.
  boolean wantsPart() {
    return request.headers().contains(Cookies.HX_REQUEST);
  }

  /// @throws HttpProblem 403 if the role is too small
  void require(Role role) {
    if (!caller.role().mayAs(role)) {
      throw HttpProblem.forbidden(
          "This needs the role "
              + role.name().toLowerCase(Locale.ROOT)
              + "; your token has the role "
              + caller.role().name().toLowerCase(Locale.ROOT)
              + ".");
    }
  }

  /// Shows a page.
  void show(String template, String title, Shell.Section section, Object view) {
    show(template, title, section, view, notice());
  }

  /// Shows a page with a word of what was not done.
  void showRefused(
      String template, String title, Shell.Section section, Object view, UserException why) {
    response.status(409);
    show(
        template,
        title,
        section,
        view,
        new Shell.Notice(Shell.Tone.REFUSED, String.valueOf(why.getMessage())));
  }

  private void show(
      String template,
      String title,
      Shell.Section section,
      Object view,
      Shell.@Nullable Notice notice) {
    desk.send(response, template, shell(title, section, notice), view);
  }

  private Shell.@Nullable Notice notice() {
    Done done = Done.of(query("done"));
    return done == null ? null : new Shell.Notice(Shell.Tone.DONE, done.sentence());
  }

  private Shell shell(String title, Shell.Section section, Shell.@Nullable Notice notice) {
    return new Shell(
        title,
        section,
        new Shell.Visitor(
            caller.name(),
            caller.role().name().toLowerCase(Locale.ROOT),
            caller.organisation(),
            tenant.sandbox(),
            sandboxes,
            session.csrf(),
            caller.role().mayAs(Role.OPERATOR),
            caller.role().mayAs(Role.ADMIN)),
        Cookies.theme(request),
        request.prologue().uriPath().rawPath(),
        notice);
  }

  /// Sends the browser to another page.
  void go(String address) {
    Desk.go(response, address);
  }

  /// Sends the browser to another page, where it is said what was done.
  void go(String address, Done done) {
    go(address + (address.contains("?") ? "&" : "?") + "done=" + done.code());
  }

  /// Writes into the audit log.
  void record(String action, String target, String outcome) {
    desk.parts().access().access().record(caller, tenant.sandbox(), action, target, outcome);
  }

  ServerRequest request() {
    return request;
  }

  ServerResponse response() {
    return response;
  }
}
