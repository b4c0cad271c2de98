package dev.waybill.server.page;

import dev.waybill.server.access.SameOrigin;
import dev.waybill.server.access.Session;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Sandbox;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.page.view.Links;
import dev.waybill.server.page.view.Shell;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where each request to the page is received: who it is, whether a form is really theirs, and how
/// an answer goes out.
final class Desk {

  private final PageParts parts;
  private final Rendering rendering;
  private @Nullable Alerts alerts;

  Desk(PageParts parts, Rendering rendering) {
    this.parts = parts;
    this.rendering = rendering;
  }

  /// Null where the service has none.
  @Nullable Alerts alerts() {
    return alerts;
  }

  void alerts(Alerts those) {
    alerts = those;
  }

  PageParts parts() {
    return parts;
  }

  /// Answers somebody who is signed in.
  @FunctionalInterface
  interface Page {
    void answer(Visit visit);
  }

  /// Takes a form of somebody who is signed in.
  @FunctionalInterface
  interface Form {
    void take(Visit visit, Parameters form);
  }

  /// A page for those who are signed in; others are sent to sign in first.
  Handler page(Page page) {
    return (request, response) -> {
      Optional<Session> session = session(request);
      if (session.isEmpty()) {
        signInFirst(request, response);
        return;
      }
      page.answer(visit(request, response, session.get()));
    };
  }

  /// A form of those who are signed in, and made for them.
  Handler form(Form form) {
    return (request, response) -> {
      requireSameOrigin(request);
      Optional<Session> session = session(request);
      if (session.isEmpty()) {
        signInFirst(request, response);
        return;
      }
      Parameters values = form(request);
      if (!session.get().isOf(values.first("csrf").orElse(""))) {
        throw HttpProblem.forbidden(
            "This form was made before you signed in; go back, load the page again, and repeat.");
      }
      form.take(visit(request, response, session.get()), values);
    };
  }

  /// What a form holds; nothing if there is none.
  static Parameters form(ServerRequest request) {
    return request.content().hasEntity()
        ? request.content().as(Parameters.class)
        : Parameters.empty("form");
  }

  static void requireSameOrigin(ServerRequest request) {
    String scheme = request.isSecure() ? "https" : "http";
    if (!SameOrigin.allows(
        request.prologue().method().text(),
        maybe(request, "Sec-Fetch-Site"),
        maybe(request, "Origin"),
        scheme + "://" + request.authority())) {
      throw HttpProblem.forbidden("This form was sent by another site, so nothing was done.");
    }
  }

  private static @Nullable String maybe(ServerRequest request, String header) {
    return request.headers().first(HeaderNames.create(header)).orElse(null);
  }

  private Visit visit(ServerRequest request, ServerResponse response, Session session) {
    request.context().register(session.caller());
    List<Sandbox> reachable =
        parts.catalog().sandboxes(session.caller().organisation()).stream()
            .filter(sandbox -> session.caller().reaches(sandbox.tenant().sandbox()))
            .toList();
    return new Visit(this, request, response, session, reachable);
  }

  Optional<Session> session(ServerRequest request) {
    return parts
        .cookie()
        .read(Cookies.header(request))
        .flatMap(cookie -> parts.access().sessions().find(cookie, address(request)));
  }

  static String address(ServerRequest request) {
    return request.remotePeer().host();
  }

  private static void signInFirst(ServerRequest request, ServerResponse response) {
    if (request.headers().contains(Cookies.HX_REQUEST)) {
      // A part of a page that is open: the whole page has to go to the sign-in.
      response.header(HeaderNames.create("HX-Redirect"), "/sign-in");
      response.status(Status.NO_CONTENT_204).send();
      return;
    }
    String wanted = request.prologue().uriPath().rawPath();
    boolean worthIt = request.prologue().method().text().equals("GET") && wanted.length() > 1;
    go(response, "/sign-in" + (worthIt ? "?next=" + Links.part(wanted) : ""));
  }

  static void go(ServerResponse response, String address) {
    response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, address).send();
  }

  /// Sends a page.
  void send(ServerResponse response, String template, Shell shell, Object view) {
    byte[] html = rendering.html(template, shell, view);
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    response.send(html);
  }
}
