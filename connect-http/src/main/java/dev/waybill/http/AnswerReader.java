package dev.waybill.http;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.http.Outcome.Response;
import dev.waybill.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Turns an answer into a reply, by rules and tables.
///
/// @param statuses what statuses and codes mean
/// @param success what must hold in an answer for it to be one; null if the status says it all
/// @param wording where an error of the whole call tells code and message
/// @param results how to read the results of single records; null if there are none, and an answer
///   means that all were accepted
/// @param singleId where the answer to a call for one record tells the id that it was given; null
///   if calls carry several
/// @param suspects where an error tells the positions of the records at fault; null if nowhere
/// @param firstIndex the position that the API gives the first record: 0 or 1
/// @param rates reads how long to stay away
record AnswerReader(
    StatusTable statuses,
    @Nullable Condition success,
    Wording wording,
    @Nullable ResultReader results,
    @Nullable Pointer singleId,
    @Nullable Pointer suspects,
    int firstIndex,
    RateHeaders rates) {

  /// Whether the status says that the call worked.
  boolean isAnswer(Response answer) {
    return statuses.ofStatus(answer.status()) == Meaning.ANSWERED;
  }

  Reply read(Batch<Fields> batch, Response answer) {
    Meaning meaning = statuses.ofStatus(answer.status());
    if (meaning == Meaning.ANSWERED) {
      return answered(batch, answer);
    }
    Object body = json(answer.body());
    String code = body == null ? null : wording.code(place -> place.find(body));
    Meaning byCode = statuses.ofCode(code);
    return reply(byCode == null ? meaning : byCode, code, body, batch, answer);
  }

  private Reply answered(Batch<Fields> batch, Response answer) {
    if (success != null) {
      if (answer.body().length == 0) {
        return doubt(answer, "with an empty body, so that it can not be told what became of it");
      }
      boolean held;
      try {
        held = success.holds(answer.body());
      } catch (JacksonException e) {
        return doubt(answer, "with what is no sound JSON: " + Text.cut(e.getOriginalMessage()));
      }
      if (!held) {
        Object body = json(answer.body());
        String code = body == null ? null : wording.code(place -> place.find(body));
        Meaning byCode = statuses.ofCode(code);
        return reply(byCode == null ? Meaning.UNKNOWN : byCode, code, body, batch, answer);
      }
    }
    var rest = rates.rest(answer);
    if (results != null) {
      return results.read(batch.items(), answer.body(), rest);
    }
    if (singleId != null) {
      String id = Wording.plain(singleId.find(json(answer.body())));
      return new Reply.Answered(List.of(new Verdict.Accepted(id)), rest);
    }
    return new Reply.Answered(Reply.accepted(batch.size()).verdicts(), rest);
  }

  private Reply reply(
      Meaning meaning,
      @Nullable String code,
      @Nullable Object body,
      Batch<Fields> batch,
      Response answer) {
    var reason =
        new Reason(code == null ? Integer.toString(answer.status()) : code, told(body, answer));
    return switch (meaning) {
      case THROTTLED -> new Reply.Throttled(reason, rates.retryAfter(answer));
      case UNAVAILABLE -> new Reply.Unavailable(reason, rates.retryAfter(answer));
      case UNKNOWN -> new Reply.InDoubt(reason);
      case REFUSED -> new Reply.Refused(reason, suspects(body, batch.size()));
      case TOO_LARGE -> new Reply.TooLarge(reason);
      case FATAL -> new Reply.Fatal(reason);
      case ANSWERED -> throw new IllegalStateException("no code means answered");
    };
  }

  /// What the API said, in its own words.
  private String told(@Nullable Object body, Response answer) {
    String location = answer.header("Location");
    if (answer.status() / 100 == 3 && location != null) {
      return "the API answered %d and points to %s; give that address if it is the right one"
          .formatted(answer.status(), Text.cut(location));
    }
    String message = body == null ? null : wording.message(place -> place.find(body));
    String text = message == null ? Text.cut(answer.text()) : message;
    return "the API answered " + answer.status() + (text.isEmpty() ? "" : ": " + text);
  }

  private List<Integer> suspects(@Nullable Object body, int size) {
    if (suspects == null || body == null) {
      return List.of();
    }
    return suspects.findAll(body).stream()
        .filter(Long.class::isInstance)
        .map(index -> (Long) index - firstIndex)
        .filter(index -> index >= 0 && index < size)
        .map(Long::intValue)
        .distinct()
        .toList();
  }

  private static Reply doubt(Response answer, String what) {
    return new Reply.InDoubt(Reason.of("the API answered " + answer.status() + " " + what));
  }

  private static @Nullable Object json(byte[] body) {
    try {
      return body.length == 0 ? null : Json.read(body);
    } catch (JacksonException e) {
      return null; // an error page for people; it is quoted as it is
    }
  }
}
