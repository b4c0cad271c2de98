package dev.waybill.cli;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.ScriptedServer.Act;
import dev.waybill.testkit.ScriptedServer.Line;
import dev.waybill.testkit.ScriptedServer.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A service that keeps records by key and answers in the shapes that its documentation shows. The
/// first call that would write is throttled; a record with an address at `bad.example` is refused.
abstract class FakeService implements Act, AutoCloseable {

  final ScriptedServer server = ScriptedServer.start();

  /// What it has, by key.
  final Map<String, Fields> records = new TreeMap<>();

  private final List<String> calls = new ArrayList<>();
  private boolean hasThrottled;

  FakeService() {
    server.play(this);
  }

  /// An answer of the service.
  @SuppressWarnings("ArrayRecordComponent") // nobody compares answers
  record Answer(int status, String body, String... headers) {}

  /// How it says that there were too many calls.
  abstract Answer throttle();

  /// What it does with a call.
  abstract Answer answer(Request request);

  String place() {
    return server.uri("").toString();
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public synchronized void play(Request request, Line line) throws IOException {
    calls.add(request.method() + " " + request.target());
    boolean throttles = !hasThrottled && !request.method().equals("GET");
    hasThrottled |= throttles;
    Answer answer = throttles ? throttle() : answer(request);
    Act.answer(answer.status(), answer.body(), answer.headers()).play(request, line);
  }

  /// The objects in a list of the request's body.
  static List<Fields> list(Request request, String member) {
    Fields body = (Fields) Objects.requireNonNull(Json.read(request.text()));
    return ((List<?>) Objects.requireNonNull(body.get(member)))
        .stream().map(Fields.class::cast).toList();
  }

  static boolean isBad(Fields fields) {
    return String.valueOf(fields.get("email")).endsWith("bad.example");
  }

  static String text(Fields fields, String name) {
    return Objects.requireNonNull(fields.text(name), name);
  }

  static String last(Request request) {
    String path = request.target().replaceFirst("\\?.*", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public void close() {
    server.close();
  }

  /// HubSpot's contacts, by a property `id`.
  static final class HubSpot extends FakeService {

    @Override
    Answer throttle() {
      return new Answer(
          429,
          "{\"status\":\"error\",\"message\":\"You have reached your ten_secondly_rolling limit.\","
              + "\"errorType\":\"RATE_LIMIT\",\"policyName\":\"TEN_SECONDLY_ROLLING\"}");
    }

    @Override
    Answer answer(Request request) {
      return switch (request.method()) {
        case "GET" -> {
          boolean there = records.containsKey(last(request));
          yield new Answer(there ? 200 : 404, "{\"id\":\"9" + last(request) + "\"}");
        }
        case "DELETE" -> {
          records.remove(last(request).substring(1));
          yield new Answer(204, "");
        }
        default -> upsert(list(request, "inputs"));
      };
    }

    private Answer upsert(List<Fields> inputs) {
      var errors = new ArrayList<String>();
      for (Fields input : inputs) {
        Fields properties = (Fields) Objects.requireNonNull(input.get("properties"));
        if (isBad(properties)) {
          errors.add(
              "{\"status\":\"error\",\"category\":\"VALIDATION_ERROR\",\"message\":\"Property values"
                  + " were not valid\",\"context\":{\"objectWriteTraceId\":[\"%s\"]}}"
                      .formatted(text(input, "objectWriteTraceId")));
        } else {
          records.put(text(input, "id"), properties);
        }
      }
      return new Answer(
          errors.isEmpty() ? 200 : 207,
          "{\"status\":\"COMPLETE\",\"results\":[],\"numErrors\":%d,\"errors\":%s}"
              .formatted(errors.size(), errors));
    }
  }

  /// Salesforce's contacts, by an external id `id`.
  static final class Salesforce extends FakeService {

    @Override
    Answer throttle() {
      return new Answer(
          403,
          "[{\"message\":\"TotalRequests Limit exceeded.\",\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\"}]");
    }

    @Override
    Answer answer(Request request) {
      if (request.method().equals("DELETE")) {
        return new Answer(records.remove(last(request)) == null ? 404 : 204, "");
      }
      var results = new ArrayList<String>();
      for (Fields record : list(request, "records")) {
        if (isBad(record)) {
          results.add(
              "{\"success\":false,\"errors\":[{\"statusCode\":\"INVALID_EMAIL_ADDRESS\","
                  + "\"message\":\"email: invalid email address\",\"fields\":[\"email\"]}]}");
        } else {
          records.put(text(record, "id"), record);
          results.add(
              "{\"id\":\"003%s\",\"success\":true,\"errors\":[],\"created\":true}"
                  .formatted(text(record, "id")));
        }
      }
      return new Answer(200, results.toString());
    }
  }

  /// Braze's users, by `external_id`.
  static final class Braze extends FakeService {

    @Override
    Answer throttle() {
      return new Answer(
          429, "{\"message\":\"Rate limit\"}", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1");
    }

    @Override
    Answer answer(Request request) {
      if (request.target().equals("/users/delete")) {
        Fields body = (Fields) Objects.requireNonNull(Json.read(request.text()));
        List<?> ids = (List<?>) Objects.requireNonNull(body.get("external_ids"));
        records.keySet().removeAll(ids);
        return new Answer(201, "{\"deleted\":%d,\"message\":\"success\"}".formatted(ids.size()));
      }
      var errors = new ArrayList<String>();
      List<Fields> attributes = list(request, "attributes");
      for (int i = 0; i < attributes.size(); i++) {
        if (isBad(attributes.get(i))) {
          errors.add(
              "{\"type\":\"'email' is invalid\",\"input_array\":\"attributes\",\"index\":"
                  + i
                  + "}");
        } else {
          records.put(text(attributes.get(i), "external_id"), attributes.get(i));
        }
      }
      return errors.size() == attributes.size()
          ? new Answer(
              400, "{\"message\":\"Valid data must be provided\",\"errors\":" + errors + "}")
          : new Answer(201, "{\"message\":\"success\",\"errors\":" + errors + "}");
    }
  }

  /// Zendesk's users, by `external_id`; a job ends when it is asked for the second time.
  static final class Zendesk extends FakeService {

    private final List<String> results = new ArrayList<>();
    private int asked;

    @Override
    Answer throttle() {
      return new Answer(429, "{\"error\":\"TooManyJobs\"}", "Retry-After: 0");
    }

    @Override
    Answer answer(Request request) {
      if (request.target().startsWith("/api/v2/users/search")) {
        String id = request.target().replaceFirst(".*=", "");
        return new Answer(
            200, "{\"users\":[" + (records.containsKey(id) ? "{\"id\":7" + id + "}" : "") + "]}");
      }
      if (request.target().startsWith("/api/v2/job_statuses/")) {
        return job(++asked < 2 ? "working" : "completed");
      }
      if (request.method().equals("DELETE")) {
        records.remove(last(request).substring(1));
        return new Answer(200, "{\"user\":{\"active\":false}}");
      }
      asked = 0;
      results.clear();
      for (Fields user : list(request, "users")) {
        if (isBad(user)) {
          results.add(
              "{\"id\":"
                  + results.size()
                  + ",\"error\":\"UserCreateError\",\"details\":\"Email: it is not properly"
                  + " formatted\",\"status\":\"Failed\"}");
        } else {
          records.put(text(user, "external_id"), user);
          results.add("{\"id\":7%s,\"status\":\"Created\"}".formatted(text(user, "external_id")));
        }
      }
      return job("queued");
    }

    private Answer job(String status) {
      return new Answer(
          200,
          "{\"job_status\":{\"url\":\"%s/api/v2/job_statuses/V3.json\",\"status\":\"%s\",\"results\":%s}}"
              .formatted(place(), status, status.equals("completed") ? results : "null"));
    }
  }

  /// Intercom's contacts, by `external_id`.
  static final class Intercom extends FakeService {

    @Override
    Answer throttle() {
      return new Answer(
          429,
          "{\"type\":\"error.list\",\"errors\":[{\"code\":\"rate_limit_exceeded\"}]}",
          "X-RateLimit-Remaining: 0",
          "X-RateLimit-Reset: 1");
    }

    @Override
    Answer answer(Request request) {
      boolean there = records.containsKey(last(request));
      return switch (request.method()) {
        case "GET" -> new Answer(there ? 200 : 404, "{\"id\":\"c" + last(request) + "\"}");
        case "DELETE" -> {
          records.remove(last(request).substring(1));
          yield new Answer(200, "{\"deleted\":true}");
        }
        default ->
            write(request.method(), (Fields) Objects.requireNonNull(Json.read(request.text())));
      };
    }

    private Answer write(String method, Fields contact) {
      String id = text(contact, "external_id");
      if (isBad(contact)) {
        return error(400, "parameter_invalid", "email is invalid");
      }
      if (method.equals("POST") && records.containsKey(id)) {
        return error(
            409, "conflict", "A contact matching those details already exists with id=c" + id);
      }
      records.put(id, contact);
      return new Answer(200, "{\"type\":\"contact\",\"id\":\"c" + id + "\"}");
    }

    private static Answer error(int status, String code, String message) {
      return new Answer(
          status,
          "{\"type\":\"error.list\",\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}"
              .formatted(code, message));
    }
  }

  /// Mailchimp's members, by `email_address`; bad is one that begins with `bad`.
  static final class Mailchimp extends FakeService {

    @Override
    Answer throttle() {
      return new Answer(
          429,
          "{\"title\":\"Too Many Requests\",\"status\":429,"
              + "\"detail\":\"You have exceeded the limit of 10 simultaneous connections.\"}");
    }

    @Override
    Answer answer(Request request) {
      if (request.method().equals("DELETE")) {
        return new Answer(
            records.remove(last(request).replace("%40", "@")) == null ? 404 : 204, "");
      }
      var errors = new ArrayList<String>();
      for (Fields member : list(request, "members")) {
        String address = text(member, "email_address");
        if (isBad(member)) {
          errors.add(
              "{\"email_address\":\"%s\",\"error\":\"Please provide a valid email address.\",\"error_code\":\"ERROR_GENERIC\"}"
                  .formatted(address));
        } else {
          records.put(address, member);
        }
      }
      return new Answer(200, "{\"errors\":%s,\"error_count\":%d}".formatted(errors, errors.size()));
    }
  }

  /// A sheet, by the first value of its rows.
  static final class Sheet extends FakeService {

    final List<String> rows = new ArrayList<>();

    @Override
    Answer throttle() {
      return new Answer(
          429,
          "{\"error\":{\"code\":429,\"message\":\"Quota exceeded\",\"status\":\"RESOURCE_EXHAUSTED\"}}");
    }

    @Override
    Answer answer(Request request) {
      Fields body = (Fields) Objects.requireNonNull(Json.read(request.text()));
      List<?> values = (List<?>) Objects.requireNonNull(body.get("values"));
      if (request.text().contains("bad.example")) {
        return new Answer(
            400,
            "{\"error\":{\"code\":400,\"message\":\"Invalid values\",\"status\":\"INVALID_ARGUMENT\"}}");
      }
      values.forEach(row -> rows.add(Json.text(row)));
      return new Answer(200, "{\"updates\":{\"updatedRange\":\"Sheet1!A1\",\"updatedRows\":1}}");
    }
  }

  /// A channel behind a webhook.
  static final class Slack extends FakeService {

    final List<String> messages = new ArrayList<>();

    @Override
    Answer throttle() {
      return new Answer(429, "rate_limited", "Retry-After: 0");
    }

    @Override
    Answer answer(Request request) {
      if (request.text().contains("bad.example")) {
        return new Answer(400, "invalid_payload");
      }
      messages.add(request.text());
      return new Answer(200, "ok", "Content-Type: text/html");
    }
  }
}
