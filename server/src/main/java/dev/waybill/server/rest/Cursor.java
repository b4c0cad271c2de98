package dev.waybill.server.rest;

import dev.waybill.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a continuation token says: the list that was asked for, and how far it was read. A client
/// may send it alone, or with the same parameters again.
///
/// @param properties the filters, as they were given
/// @param order the field, with a `-` before it for descending
/// @param after where the catalog goes on; null at the beginning
record Cursor(List<String> properties, String order, int limit, @Nullable String after) {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /// Without the sign `=`, by which some clients take the link apart.
  String token() {
    return ENCODER.encodeToString(
        JsonObject.empty()
            .put("p", properties)
            .put("o", order)
            .put("l", (long) limit)
            .put("a", after)
            .toString()
            .getBytes(StandardCharsets.UTF_8));
  }

  /// @throws ApiProblem if it is none of ours
  static Cursor of(String token) {
    try {
      var read = Base64.getUrlDecoder().decode(token);
      JsonObject object = JsonObject.kept(new String(read, StandardCharsets.UTF_8));
      return new Cursor(
          object.texts("p"),
          object.required("o"),
          Integer.parseInt(object.required("l")),
          object.text("a"));
    } catch (IllegalArgumentException | ApiProblem | tools.jackson.core.JacksonException e) {
      throw ApiProblem.badValue(
          Json.text(token.length() > 40 ? token.substring(0, 40) + "…" : token),
          "continuationToken",
          "what stands in _links.next.href of the page before");
    }
  }

  Cursor goingOnAt(@Nullable String place) {
    return new Cursor(properties, order, limit, place);
  }
}
