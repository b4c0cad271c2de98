package dev.waybill.server.rest;

import dev.waybill.server.access.Access;
import dev.waybill.server.access.Caller;
import dev.waybill.server.access.Role;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Sandbox;
import dev.waybill.server.http.ClientAddress;
import dev.waybill.server.http.RateLimiter;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;

/// Lets in who may come in: by the headers that the API has.
final class Gate {

  private static final HeaderName API_KEY = HeaderNames.create("x-api-key");
  private static final HeaderName ORGANISATION = HeaderNames.create("x-gw-ims-org-id");
  private static final HeaderName SANDBOX = HeaderNames.create("x-sandbox-name");

  private final Access access;
  private final Catalog catalog;
  private final RateLimiter limiter;

  Gate(Access access, Catalog catalog, RateLimiter limiter) {
    this.access = access;
    this.catalog = catalog;
    this.limiter = limiter;
  }

  /// The one who calls, by the token alone.
  ///
  /// @throws ApiProblem if there is none, or it is not good
  Caller caller(ServerRequest request, String client) {
    String header =
        request
            .headers()
            .first(HeaderNames.AUTHORIZATION)
            .filter(value -> !value.isBlank())
            .orElseThrow(ApiProblem::missingToken);
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw ApiProblem.badToken();
    }
    Caller caller =
        access
            .byToken(header.substring(7).strip(), client)
            .orElseThrow(ApiProblem::badToken)
            .from(ClientAddress.of(request));
    limiter.spend(caller.organisation() + "\n" + caller.name());
    request.context().register(caller);
    return caller;
  }

  /// The request, if its headers are good.
  ///
  /// @throws ApiProblem if not; says which
  Call admit(ServerRequest request) {
    Optional<String> client = header(request, API_KEY);
    Caller caller = caller(request, client.orElse(""));
    if (client.isEmpty()) {
      throw ApiProblem.missingApiKey();
    }
    String organisation =
        header(request, ORGANISATION).orElseThrow(ApiProblem::missingOrganisation);
    if (!organisation.equals(caller.organisation())) {
      throw ApiProblem.otherOrganisation();
    }
    return new Call(request, caller, sandbox(caller, header(request, SANDBOX)));
  }

  private static Optional<String> header(ServerRequest request, HeaderName name) {
    return request.headers().first(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  private Sandbox sandbox(Caller caller, Optional<String> named) {
    List<Sandbox> all = catalog.sandboxes(caller.organisation());
    if (named.isPresent() && !caller.reaches(named.get())) {
      throw ApiProblem.otherSandbox(named.get());
    }
    Sandbox sandbox =
        named
            .map(
                name ->
                    all.stream()
                        .filter(each -> each.tenant().sandbox().equals(name))
                        .findFirst()
                        .orElseThrow(() -> ApiProblem.noSandbox(name)))
            .orElseGet(
                () -> all.stream().filter(Sandbox::usual).findFirst().orElseGet(all::getFirst));
    if (!caller.reaches(sandbox.tenant().sandbox())) {
      throw ApiProblem.otherSandbox(sandbox.tenant().sandbox());
    }
    return sandbox;
  }

  /// @throws ApiProblem if the caller's role is too small
  void require(Call call, Role role, String action) {
    if (!call.caller().role().mayAs(role)) {
      access.record(
          call.caller(), call.tenant().sandbox(), action, "", "refused: needs the role " + role);
      throw ApiProblem.missingPermission(
          switch (role) {
            case VIEWER -> "read";
            case OPERATOR -> "run";
            case ADMIN -> "write";
          });
    }
  }

  void record(Call call, String action, String target, String outcome) {
    access.record(call.caller(), call.tenant().sandbox(), action, target, outcome);
  }
}
