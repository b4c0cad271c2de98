package dev.waybill.sim;

import dev.waybill.Reason;
import java.util.LinkedHashMap;
import java.util.Map;

/// An error as Akamai Identity Cloud words it, with the numbers of its "Registration error codes".
record EntityError(int code, String error, String description) {

  static final EntityError CREDENTIALS =
      new EntityError(402, "invalid_client_credentials", "the client credentials are wrong");
  static final EntityError NOT_FOUND =
      new EntityError(310, "record_not_found", "there is no such record");

  static EntityError missing(String argument) {
    return new EntityError(100, "missing_argument", "the argument " + argument + " is missing");
  }

  static EntityError invalid(String argument, String description) {
    return new EntityError(200, "invalid_argument", argument + ": " + description);
  }

  /// What the service says of a record or a call, in these words.
  static EntityError of(Reason reason) {
    return switch (String.valueOf(reason.code())) {
      case "unique_violation" ->
          new EntityError(361, "unique_violation", "Attempted to update a duplicate value");
      case "record_not_found" -> NOT_FOUND;
      case "busy", "429" ->
          new EntityError(510, "rate_limit_exceeded", "the rate limit is exceeded, try later");
      case "413" -> new EntityError(200, "invalid_argument", reason.message());
      default -> new EntityError(360, "constraint_violation", reason.message());
    };
  }

  Map<String, Object> body() {
    var body = new LinkedHashMap<String, Object>();
    body.put("stat", "error");
    body.put("code", code);
    body.put("error", error);
    body.put("error_description", description);
    return body;
  }

  /// The error as the whole answer: HTTP 200, as there.
  HttpResponse response() {
    return HttpResponse.json(200, body());
  }
}
