package dev.waybill.server.rest;

import dev.waybill.server.access.Caller;
import dev.waybill.server.catalog.Sandbox;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.http.RequestId;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;

/// A request of somebody who may make it.
record Call(ServerRequest request, Caller caller, Sandbox sandbox) {

  Tenant tenant() {
    return sandbox.tenant();
  }

  /// A part of the path: `id` of `/runs/{id}`.
  String path(String name) {
    return request.path().pathParameters().get(name);
  }

  Optional<String> query(String name) {
    return request.query().first(name).asOptional();
  }

  List<String> queryAll(String name) {
    return request.query().contains(name) ? request.query().all(name) : List.of();
  }

  /// Whether a parameter is `true`; clients in Python say `True`.
  boolean flag(String name) {
    return query(name)
        .map(
            text ->
                switch (text.toLowerCase(java.util.Locale.ROOT)) {
                  case "true", "1", "" -> true;
                  case "false", "0" -> false;
                  default -> throw ApiProblem.badValue(text, name, "true or false");
                })
        .orElse(false);
  }

  /// A whole number from 0 on.
  Optional<Long> number(String name) {
    return query(name)
        .map(
            text -> {
              if (text.length() > 18 || !text.matches("[0-9]+")) {
                throw ApiProblem.badValue(text, name, "a whole number from 0 on");
              }
              return Long.valueOf(text);
            });
  }

  Optional<String> ifMatch() {
    return request.headers().first(HeaderNames.IF_MATCH);
  }

  byte[] bytes() {
    return request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
  }

  JsonObject body() {
    return JsonObject.body(bytes());
  }

  String requestId() {
    return RequestId.of(request);
  }
}
