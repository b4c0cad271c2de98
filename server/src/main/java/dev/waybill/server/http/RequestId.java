package dev.waybill.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/// What a request is found by in the log; the client may choose it by `x-request-id`.
public record RequestId(String value) {

  static final HeaderName HEADER = HeaderNames.create("x-request-id");

  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

  /// The request's id, which is given to it when it comes in.
  public static String of(ServerRequest request) {
    return request.context().get(RequestId.class).map(RequestId::value).orElse("");
  }

  static RequestId given(ServerRequest request) {
    return request
        .headers()
        .first(HEADER)
        .filter(id -> SANE.matcher(id).matches())
        .map(RequestId::new)
        .orElseGet(() -> new RequestId(UUID.randomUUID().toString()));
  }
}
