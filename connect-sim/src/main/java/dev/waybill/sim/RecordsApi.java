package dev.waybill.sim;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.json.Json;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// `POST /records`: an API such as many services have.
record RecordsApi(Simulator simulator, Credentials credentials) {

  /// Before the key of a record.
  static final String PATH = "/records/";

  private static final byte[] ACCEPTED = "{}".getBytes(StandardCharsets.US_ASCII);

  Answer post(HttpRequest request) {
    if (!credentials.allow(request, Map.of())) {
      return Answer.safe(problem(401, Reason.of("unauthorized", "the credentials are wrong")));
    }
    String idempotencyKey = request.header("idempotency-key");
    Simulator.Numbered result;
    if (simulator.countsOnly()) {
      int count = RecordCounter.count(request.body());
      if (count < 1) {
        return malformed();
      }
      result = simulator.receive(count, idempotencyKey);
    } else {
      List<Fields> records = records(request.body());
      if (records.isEmpty()) {
        return malformed();
      }
      result = simulator.receive(records, idempotencyKey);
    }
    return result.answer(response(result.outcome()));
  }

  /// `DELETE /records/KEY`: takes the record with this key away.
  Answer delete(HttpRequest request) {
    if (!credentials.allow(request, Map.of())) {
      return Answer.safe(problem(401, Reason.of("unauthorized", "the credentials are wrong")));
    }
    String key = URLDecoder.decode(request.path().substring(PATH.length()), StandardCharsets.UTF_8);
    var missing = new AtomicBoolean();
    Simulator.Numbered result =
        simulator.perform(
            1,
            applied -> {
              missing.set(!simulator.remove(key));
              applied.set(0);
              return Reply.accepted(1);
            });
    return result.answer(
        missing.get()
            ? problem(404, Reason.of("not_found", "there is no record '" + key + "'"))
            : response(result.outcome()));
  }

  /// `GET /records`: those that are there, in the order in which they came.
  Answer list() {
    return Answer.safe(HttpResponse.json(200, Map.of("records", simulator.records())));
  }

  private static Answer malformed() {
    return Answer.safe(
        problem(
            400,
            Reason.of(
                "malformed", "the body is neither [record, …] nor {\"records\": [record, …]}")));
  }

  /// The records in the body; none if it has another form.
  static List<Fields> records(byte[] body) {
    try {
      Object value = Json.read(body);
      return recordsIn(value instanceof Fields object ? object.get("records") : value);
    } catch (JacksonException e) {
      return List.of();
    }
  }

  /// The list as records; none if it is not a list of records.
  static List<Fields> recordsIn(@Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return List.of();
    }
    var records = new ArrayList<Fields>(list.size());
    for (Object element : list) {
      if (!(element instanceof Fields record)) {
        return List.of();
      }
      records.add(record);
    }
    return records;
  }

  private static HttpResponse response(Outcome outcome) {
    if (outcome.fault() == Fault.FAILED_AFTER) {
      return problem(500, Reason.of("internal", "the service failed"));
    }
    return switch (outcome.answer()) {
      case Reply.Answered answered -> HttpResponse.json(200, results(answered.verdicts()));
      case Reply.Refused refused -> refusal(refused);
      case Reply.TooLarge tooLarge -> problem(413, tooLarge.reason());
      case Reply.Throttled throttled ->
          problem(429, throttled.reason()).retryAfter(throttled.retryAfter());
      case Reply.Unavailable unavailable -> problem(503, unavailable.reason());
      case Reply.InDoubt doubt -> problem(500, doubt.reason());
      case Reply.Fatal fatal -> problem(401, fatal.reason());
    };
  }

  private static HttpResponse refusal(Reply.Refused refused) {
    Map<String, Object> error = error(refused.reason());
    if (!refused.suspects().isEmpty()) {
      error.put("positions", refused.suspects());
    }
    return HttpResponse.json(422, Map.of("error", error));
  }

  private static byte[] results(List<? extends Verdict> verdicts) {
    var out = new ByteArrayOutputStream(64 * verdicts.size());
    out.writeBytes("{\"results\":[".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < verdicts.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(
          switch (verdicts.get(i)) {
            case Verdict.Accepted accepted ->
                accepted.id() == null
                    ? ACCEPTED
                    : ("{\"id\":\"" + accepted.id() + "\"}").getBytes(StandardCharsets.US_ASCII);
            case Verdict.Rejected rejected -> told(rejected.reason());
            case Verdict.Deferred deferred -> told(deferred.reason());
            case Verdict.InDoubt doubt -> told(doubt.reason());
          });
    }
    out.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static byte[] told(Reason reason) {
    return Json.bytes(Map.of("error", error(reason)));
  }

  private static HttpResponse problem(int status, Reason reason) {
    return HttpResponse.json(status, Map.of("error", error(reason)));
  }

  private static Map<String, Object> error(Reason reason) {
    var error = new LinkedHashMap<String, Object>();
    error.put("code", reason.code());
    error.put("message", reason.message());
    return error;
  }
}
