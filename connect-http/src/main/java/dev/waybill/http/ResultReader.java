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
    try {
      return switch (rules.match()) {
        case POSITION -> byPosition(items, body, rest);
        case INDEX -> byPlace(items.size(), body, rest, this::index);
        case KEY -> byPlace(items.size(), body, rest, byKey(items));
      };
    } catch (JacksonException e) {
      return doubt("the answer is no sound JSON: " + Text.cut(e.getOriginalMessage()));
    } catch (Unreadable e) {
      return doubt(e.sentence);
    }
  }

  private Reply byPosition(List<Item<Fields>> items, byte[] body, Duration rest) throws Unreadable {
    var verdicts = new ArrayList<Verdict>(items.size());
    int[] count = {0};
    boolean found =
        each(
            rules.results().getFirst(),
            body,
            result -> {
              if (count[0] < items.size()) {
                verdicts.add(result.isNull() ? missing(count[0]) : rules.verdict(result));
              }
              count[0]++;
            });
    if (!found) {
      return none(items.size(), rest);
    }
    return count[0] == items.size()
        ? new Reply.Answered(verdicts, rest)
        : doubt("the answer has " + count[0] + " results for " + items.size() + " records");
  }

  /// Each result names its record, in any order.
  private Reply byPlace(int size, byte[] body, Duration rest, Place place) throws Unreadable {
    var verdicts = new @Nullable Verdict[size];
    boolean found = false;
    for (Pointer results : rules.results()) {
      found |= each(results, body, result -> assign(result, verdicts, place));
    }
    if (!found) {
      return none(size, rest);
    }
    List<Verdict> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Verdict verdict = verdicts[i];
      all.add(verdict == null ? missing(i) : verdict);
    }
    return new Reply.Answered(all, rest);
  }

  private void assign(Members.Found result, @Nullable Verdict[] verdicts, Place place)
      throws Unreadable {
    List<String> names = rules.named(result);
    if (names.isEmpty()) {
      throw new Unreadable(
          "the answer has a result that names no record: " + rules.verdictInWords(result));
    }
    for (String name : names) {
      int position = place.of(name);
      if (position < 0 || position >= verdicts.length) {
        // Whose result it is can not be told, so that of no record is certain.
        throw new Unreadable("the answer has a result for '" + name + "', which was not sent");
      }
      if (verdicts[position] == null) {
        verdicts[position] = rules.verdict(result);
      }
    }
  }

  /// Reads the results in one place.
  ///
  /// @return whether there is such a place
  private boolean each(Pointer place, byte[] body, Reading reading) throws Unreadable {
    try (JsonParser in = Json.parser(body)) {
      if (in.nextToken() == null || !go(in, place)) {
        return false;
      }
      if (in.currentToken() != JsonToken.START_ARRAY) {
        throw new Unreadable("what stands at " + place + " in the answer is no array");
      }
      while (in.nextToken() != JsonToken.END_ARRAY) {
        reading.of(members.read(in));
      }
      return true;
    }
  }

  private Reply none(int size, Duration rest) {
    return rules.missing() == Missing.ACCEPTED
        ? new Reply.Answered(Reply.accepted(size).verdicts(), rest)
        : doubt("the answer has no results at " + rules.results().getFirst());
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

  /// Takes one result.
  private interface Reading {
    void of(Members.Found result) throws Unreadable;
  }

  /// The answer does not tell what became of the records.
  private static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1;

    final String sentence;

    Unreadable(String sentence) {
      super(sentence);
      this.sentence = sentence;
    }
  }

  /// Finds the position in the batch, counted from 0, of the record that a result names; -1 if
  /// there is none.
  private interface Place {
    int of(String name);
  }
}
