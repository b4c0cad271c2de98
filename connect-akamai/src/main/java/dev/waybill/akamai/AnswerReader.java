package dev.waybill.akamai;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.http.Outcome;
import dev.waybill.http.RateHeaders;
import dev.waybill.json.Json;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Reads the API's answers. The JSON in the body decides wherever it is the API's own, whatever the
/// HTTP status: the API says its errors with HTTP 200.
final class AnswerReader {

  /// The parameters of a call beside the records: an argument error about one of them is no
  /// record's fault.
  private static final Set<String> OWN_PARAMETERS = Set.of("type_name", "timeout", "commit_each");

  private final CodeTable codes;
  private final CodeTable statuses;
  private final RateHeaders headers;

  AnswerReader(CodeTable codes, CodeTable statuses, InstantSource clock) {
    this.codes = codes;
    this.statuses = statuses;
    this.headers = new RateHeaders(clock);
  }

  /// What the answer says.
  Answer read(Outcome.Response response) {
    Fields body = object(response.body());
    if (body != null && "ok".equals(body.text("stat")) && response.status() / 100 == 2) {
      return new Answer.Ok(body);
    }
    return body != null && "error".equals(body.text("stat"))
        ? error(body, response)
        : foreign(response);
  }

  /// An error that stands in an answer for one record of the call.
  Answer.Failed error(Fields body) {
    int code = code(body);
    return new Answer.Failed(
        code < 0 ? Meaning.REFUSED : codes.of(code), reason(body, code), code, null);
  }

  private Answer error(Fields body, Outcome.Response response) {
    int code = code(body);
    if (code < 0) {
      return foreign(response);
    }
    Meaning meaning = codes.of(code);
    if (meaning == Meaning.REFUSED && concernsTheCall(body)) {
      meaning = Meaning.FATAL;
    }
    return new Answer.Failed(meaning, reason(body, code), code, headers.retryAfter(response));
  }

  private static boolean concernsTheCall(Fields body) {
    String argument = body.text("argument_name");
    return argument != null && OWN_PARAMETERS.contains(argument);
  }

  /// An answer that is not the API's: of a proxy, a gateway, or cut off.
  private Answer foreign(Outcome.Response response) {
    int status = response.status();
    String code = "HTTP " + status;
    if (status / 100 == 2) {
      return new Answer.Failed(
          Meaning.UNKNOWN,
          Reason.of(code, "the answer is not one of this API, so nobody knows what was done"),
          -1,
          null);
    }
    Meaning meaning = statuses.of(status);
    return new Answer.Failed(
        meaning, Reason.of(code, sentence(status, meaning)), -1, headers.retryAfter(response));
  }

  private static String sentence(int status, Meaning meaning) {
    return switch (meaning) {
      case THROTTLED -> "too many calls";
      case UNAVAILABLE -> "the API is not available now";
      case UNKNOWN -> "the call failed and may have been carried out";
      case REFUSED, REJECTED -> "the call was refused";
      case TOO_LARGE -> "the call is too large";
      case FATAL ->
          switch (status) {
            case 401 -> "the credentials were refused: check client-id and client-secret";
            case 404, 405, 410 -> "there is no such API at this address: check apid-uri";
            default ->
                status / 100 == 3
                    ? "the API has moved: give its own address as apid-uri"
                    : "the call was refused, and so would be every other";
          };
    };
  }

  private static Reason reason(Fields body, int code) {
    String error = body.text("error");
    String name = error == null ? Integer.toString(code) : error;
    String sentence = body.text("error_description");
    if (sentence == null) {
      sentence = body.text("message");
    }
    return Reason.of(name, sentence == null || sentence.isBlank() ? name : sentence);
  }

  private static int code(Fields body) {
    return body.get("code") instanceof Long code && code >= 0 && code <= 999_999
        ? code.intValue()
        : -1;
  }

  private static @Nullable Fields object(byte[] body) {
    try {
      return Json.read(body) instanceof Fields fields ? fields : null;
    } catch (JacksonException e) {
      return null; // cut off, or a page of HTML: the HTTP status decides
    }
  }
}
