package dev.waybill.server.rest;

import dev.waybill.server.access.Role;
import io.helidon.http.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An operation of the API.
///
/// @param id as the OpenAPI document names it
/// @param path relative to the API's own
/// @param role the smallest that may
/// @param action for the audit log; null if it changes nothing
/// @param parameters the names of those in the query that it knows
record Route(
    String id,
    Method method,
    String path,
    Role role,
    @Nullable String action,
    Set<String> parameters,
    Handler handler) {

  /// What does it.
  @FunctionalInterface
  interface Handler {
    Answer answer(Call call);
  }

  static Route get(String id, String path, Handler handler, String... parameters) {
    return new Route(id, Method.GET, path, Role.VIEWER, null, Set.of(parameters), handler);
  }

  static Route post(
      String id, String path, Role role, String action, Handler handler, String... parameters) {
    return new Route(id, Method.POST, path, role, action, Set.of(parameters), handler);
  }

  static Route patch(String id, String path, String action, Handler handler) {
    return new Route(id, Method.PATCH, path, Role.ADMIN, action, Set.of(), handler);
  }

  static Route put(String id, String path, String action, Handler handler) {
    return new Route(id, Method.PUT, path, Role.ADMIN, action, Set.of(), handler);
  }

  static Route delete(String id, String path, String action, Handler handler) {
    return new Route(id, Method.DELETE, path, Role.ADMIN, action, Set.of(), handler);
  }
}
