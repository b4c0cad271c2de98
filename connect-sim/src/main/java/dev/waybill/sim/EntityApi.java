package dev.waybill.sim;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// `/entity.bulkCreate`, `.create`, `.update` and `.find`, as Akamai Identity Cloud has them: a
/// form goes in, and errors come out with HTTP 200.
record EntityApi(Simulator simulator, Credentials credentials) {

  Answer call(HttpRequest request) {
    Map<String, String> form = request.parameters();
    if (!credentials.allow(request, form)) {
      return Answer.safe(EntityError.CREDENTIALS.response());
    }
    if (!form.containsKey("type_name")) {
      return Answer.safe(EntityError.missing("type_name").response());
    }
    try {
      return switch (request.path()) {
        case "/entity.bulkCreate" -> bulkCreate(required(form, "all_attributes"));
        case "/entity.create" -> create(json(form, "attributes"));
        case "/entity.update" -> update(form);
        case "/entity.find" -> new EntitySearch(simulator).find(form);
        default -> Answer.safe(HttpResponse.text(404, "there is no " + request.path() + "\n"));
      };
    } catch (Wrong e) {
      return Answer.safe(e.error.response());
    }
  }

  /// An argument that is not as it should be.
  @SuppressWarnings("serial")
  static final class Wrong extends Exception {
    private final EntityError error;

    Wrong(EntityError error) {
      super(error.description());
      this.error = error;
    }
  }

  private Answer bulkCreate(String list) throws Wrong {
    Simulator.Numbered result;
    if (simulator.countsOnly()) {
      int count = RecordCounter.count(list.getBytes(StandardCharsets.UTF_8));
      if (count < 1) {
        throw new Wrong(EntityError.invalid("all_attributes", "is not a list of records"));
      }
      result = simulator.receive(count, "");
    } else {
      List<Fields> records = RecordsApi.recordsIn(json(list, "all_attributes"));
      if (records.isEmpty()) {
        throw new Wrong(EntityError.invalid("all_attributes", "is not a list of records"));
      }
      result = simulator.receive(records, "");
    }
    return result.answer(
        response(
            result.outcome(),
            verdicts -> Map.of("uuid_results", verdicts.stream().map(EntityApi::entry).toList())));
  }

  private Answer create(@Nullable Object attributes) throws Wrong {
    if (!(attributes instanceof Fields record)) {
      throw new Wrong(EntityError.invalid("attributes", "is not an object"));
    }
    Simulator.Numbered result = simulator.receive(List.of(record), "");
    return result.answer(
        response(
            result.outcome(),
            verdicts ->
                verdicts.getFirst() instanceof Verdict.Accepted accepted
                    ? uuid(accepted)
                    : errorOf(verdicts.getFirst()).body()));
  }

  private static Map<String, Object> uuid(Verdict.Accepted accepted) {
    Map<String, Object> created = new LinkedHashMap<>();
    if (accepted.id() != null) {
      created.put("uuid", accepted.id());
    }
    return created;
  }

  private Answer update(Map<String, String> form) throws Wrong {
    if (!(json(form, "attributes") instanceof Fields changes)) {
      throw new Wrong(EntityError.invalid("attributes", "is not an object"));
    }
    String attribute = form.containsKey("uuid") ? "uuid" : required(form, "key_attribute");
    Object value = form.containsKey("uuid") ? form.get("uuid") : json(form, "key_value");
    var search = new EntitySearch(simulator);
    Simulator.Numbered result =
        simulator.perform(
            1,
            applied -> {
              if (!search.change(attribute, String.valueOf(value), changes)) {
                return new Reply.Refused(Reason.of("record_not_found", "no such record"));
              }
              applied.set(0);
              return Reply.accepted(1);
            });
    return result.answer(response(result.outcome(), verdicts -> Map.of()));
  }

  /// Words an outcome.
  ///
  /// @param success what stands beside `stat` where the call worked
  static HttpResponse response(
      Outcome outcome, Function<List<? extends Verdict>, Map<String, ?>> success) {
    if (outcome.fault() == Fault.FAILED_AFTER) {
      return HttpResponse.text(500, "Internal Server Error\n");
    }
    return switch (outcome.answer()) {
      case Reply.Answered answered -> {
        var body = new LinkedHashMap<String, Object>();
        body.put("stat", "ok");
        body.putAll(success.apply(answered.verdicts()));
        yield HttpResponse.json(200, body);
      }
      case Reply.Refused refused -> EntityError.of(refused.reason()).response();
      case Reply.TooLarge tooLarge -> EntityError.of(tooLarge.reason()).response();
      case Reply.Throttled throttled ->
          EntityError.of(throttled.reason()).response().retryAfter(throttled.retryAfter());
      case Reply.Unavailable unavailable ->
          HttpResponse.text(503, unavailable.reason().message() + "\n");
      case Reply.InDoubt doubt -> HttpResponse.text(500, doubt.reason().message() + "\n");
      case Reply.Fatal fatal -> EntityError.of(fatal.reason()).response();
    };
  }

  private static @Nullable Object entry(Verdict verdict) {
    return verdict instanceof Verdict.Accepted accepted ? accepted.id() : errorOf(verdict).body();
  }

  private static EntityError errorOf(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Rejected rejected -> EntityError.of(rejected.reason());
      case Verdict.Deferred deferred -> EntityError.of(deferred.reason());
      case Verdict.InDoubt doubt -> EntityError.of(doubt.reason());
      case Verdict.Accepted accepted -> throw new IllegalStateException("accepted " + accepted);
    };
  }

  static String required(Map<String, String> form, String name) throws Wrong {
    String value = form.get(name);
    if (value == null) {
      throw new Wrong(EntityError.missing(name));
    }
    return value;
  }

  static @Nullable Object json(Map<String, String> form, String name) throws Wrong {
    return json(required(form, name), name);
  }

  private static @Nullable Object json(String text, String name) throws Wrong {
    try {
      return Json.read(text);
    } catch (JacksonException e) {
      throw new Wrong(EntityError.invalid(name, "is not JSON"));
    }
  }

  /// The strings of a JSON list.
  static List<String> names(@Nullable Object list) {
    var names = new ArrayList<String>();
    if (list instanceof List<?> values) {
      values.forEach(value -> names.add(String.valueOf(value)));
    }
    return names;
  }
}
