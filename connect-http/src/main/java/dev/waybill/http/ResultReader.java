package dev.waybill.http;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.http.ResultRules.Missing;
import dev.waybill.json.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the result of each record from an answer, as a stream.
final class ResultReader {

  private final ResultRules rules;
  private final Members members;

  ResultReader(ResultRules rules) {
    this.rules = rules;
    this.members = rules.members();
  }

  /// The verdict on each item; the whole batch is in doubt if the answer can not be read.
  Reply read(List<Item<Fields>> items, byte[] body, Duration rest) {
    try (JsonParser in = Json.parser(body)) {
      if (in.nextToken() == null || !go(in, rules.results())) {
        return rules.missing() == Missing.ACCEPTED
            ? new Reply.Answered(Reply.accepted(items.size()).verdicts(), rest)
            : doubt("the answer has no results at " + rules.results());
      }
      if (in.currentToken() != JsonToken.START_ARRAY) {
        return doubt("what stands at " + rules.results() + " in the answer is no array");
      }
      return switch (rules.match()) {
        case POSITION -> byPosition(items, in, rest);
        case INDEX -> byPlace(items.size(), in, rest, this::index);
        case KEY -> byPlace(items.size(), in, rest, byKey(items));
      };
    } catch (JacksonException e) {
      return doubt("the answer is no sound JSON: " + Text.cut(e.getOriginalMessage()));
    }
  }

  private Reply byPosition(List<Item<Fields>> items, JsonParser in, Duration rest) {
    var verdicts = new ArrayList<Verdict>(items.size());
    int count = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Members.Found result = members.read(in);
      if (count < items.size()) {
        verdicts.add(result.isNull() ? missing(count) : rules.verdict(result));
      }
      count++;
    }
    return count == items.size()
        ? new Reply.Answered(verdicts, rest)
        : doubt("the answer has " + count + " results for " + items.size() + " records");
  }

  /// Each result names its record, in any order.
  private Reply byPlace(int size, JsonParser in, Duration rest, Place place) {
    var verdicts = new @Nullable Verdict[size];
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Members.Found result = members.read(in);
      String name = Wording.plain(result.at(rules.resultKey()));
      int position = name == null ? -1 : place.of(name);
      if (position < 0 || position >= size) {
        // Whose result it is can not be told, so that of no record is certain.
        return doubt("the answer has a result for '" + name + "', which was not sent");
      }
      if (verdicts[position] == null) {
        verdicts[position] = rules.verdict(result);
      }
    }
    List<Verdict> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Verdict verdict = verdicts[i];
      all.add(verdict == null ? missing(i) : verdict);
    }
    return new Reply.Answered(all, rest);
  }

  private int index(String name) {
    try {
      return Integer.parseInt(name) - rules.firstIndex();
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// Records that share a key take the results for it in turn.
  private Place byKey(List<Item<Fields>> items) {
    Map<String, Queue<Integer>> positions = HashMap.newHashMap(items.size());
    for (int i = 0; i < items.size(); i++) {
      String key = Wording.plain(rules.recordKey().find(items.get(i).payload()));
      if (key != null) {
        positions.computeIfAbsent(key, k -> new ArrayDeque<>(1)).add(i);
      }
    }
    return name -> {
      Queue<Integer> left = positions.get(name);
      if (left == null) {
        return -1;
      }
      return left.size() == 1 ? left.element() : left.remove();
    };
  }

  private Verdict missing(int position) {
    return switch (rules.missing()) {
      case ACCEPTED -> Verdict.Accepted.WITHOUT_ID;
      case IN_DOUBT ->
          new Verdict.InDoubt(
              Reason.of("the answer has no result for record " + (position + 1) + " of the call"));
    };
  }

  private static Reply doubt(String reason) {
    return new Reply.InDoubt(Reason.of(reason));
  }

  /// Goes from the first token of a value to that of the value inside it that is pointed at.
  private static boolean go(JsonParser in, Pointer pointer) {
    for (String segment : pointer.segments()) {
      if (!enter(in, segment)) {
        return false;
      }
    }
    return in.currentToken() != JsonToken.VALUE_NULL;
  }

  private static boolean enter(JsonParser in, String segment) {
    boolean object = in.currentToken() == JsonToken.START_OBJECT;
    if (!object && in.currentToken() != JsonToken.START_ARRAY) {
      return false;
    }
    JsonToken end = object ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
    for (int i = 0; in.nextToken() != end; i++) {
      boolean here = segment.equals(object ? in.currentName() : Integer.toString(i));
      if (object) {
        in.nextToken();
      }
      if (here) {
        return true;
      }
      in.skipChildren();
    }
    return false;
  }

  /// Finds the position in the batch, counted from 0, of the record that a result names; -1 if
  /// there is none.
  private interface Place {
    int of(String name);
  }
}
