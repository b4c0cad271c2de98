package dev.waybill.akamai;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.json.Json;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks the API which records it has: `entity.find` with a filter on the primary key for many at a
/// time, and `entity` for a key that can not stand in a filter.
final class Lookup {

  static final String OPERATION = "entity.find";
  static final String SINGLE_OPERATION = "entity";

  /// Keys in one filter; what a load sends in one call.
  private static final int KEYS_IN_A_CALL = 100;

  /// The most that `entity.find` returns. The keys are unique, so that far fewer come back.
  private static final int MOST_RESULTS = 10_000;

  private final Api api;
  private final PrimaryKey key;

  Lookup(Api api, PrimaryKey key) {
    this.api = api;
    this.key = key;
  }

  Findings find(List<Item<Fields>> items) throws InterruptedException {
    var presences = new ArrayList<@Nullable Presence>(Collections.nCopies(items.size(), null));
    var awaited = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < items.size(); i++) {
      Object value = key.of(items.get(i).payload());
      if (value == null) {
        presences.set(i, undecided("the record has no " + key.attribute() + " to ask for"));
      } else if (awaited.putIfAbsent(value.toString(), i) != null) {
        presences.set(i, undecided("another record asked for has the same " + key.attribute()));
      }
    }
    var filterable = new ArrayList<String>();
    for (var entry : awaited.entrySet()) {
      if (isFilterable(entry.getKey())) {
        filterable.add(entry.getKey());
      } else {
        switch (single(items.get(entry.getValue()).payload())) {
          case Single.Known known -> presences.set(entry.getValue(), known.presence());
          case Single.Failed failed -> {
            return new Findings.Failed(failed.reason());
          }
        }
      }
    }
    for (int from = 0; from < filterable.size(); from += KEYS_IN_A_CALL) {
      var keys = filterable.subList(from, Math.min(from + KEYS_IN_A_CALL, filterable.size()));
      switch (api.call(OPERATION, form(keys))) {
        case Answer.Failed failed -> {
          return new Findings.Failed(failed.reason());
        }
        case Answer.Ok ok -> {
          if (!(ok.body().get("results") instanceof List<?> results)) {
            return new Findings.Failed(Reason.of("the answer to " + OPERATION + " has no results"));
          }
          Found found = found(results);
          keys.forEach(text -> presences.set(awaited.getOrDefault(text, -1), found.of(text)));
        }
      }
    }
    return new Findings.Found(presences.stream().map(Lookup::decided).toList());
  }

  private static Presence decided(@Nullable Presence presence) {
    if (presence == null) {
      throw new IllegalStateException("a record was not asked for");
    }
    return presence;
  }

  /// Whether a key can stand in a filter. Texts stand between single quotes there, and nothing says
  /// how a quote inside would be written, so such a key is asked for by itself.
  private static boolean isFilterable(String key) {
    return key.chars().allMatch(c -> c >= ' ' && c != '\'' && c != '\\' && c != 0x7F);
  }

  private Form form(List<String> keys) {
    var filter = new StringBuilder();
    for (String text : keys) {
      filter.append(filter.isEmpty() ? "" : " or ");
      filter.append(key.attribute()).append("='").append(text).append('\'');
    }
    return api.form()
        .with("filter", filter.toString())
        .with("attributes", Json.bytes(List.of("uuid", key.attribute())))
        .with("max_results", Integer.toString(MOST_RESULTS));
  }

  private sealed interface Single {
    record Known(Presence presence) implements Single {}

    record Failed(Reason reason) implements Single {}
  }

  private Single single(Fields record) throws InterruptedException {
    Form form =
        api.form()
            .with("key_attribute", key.attribute())
            .with("key_value", Json.bytes(key.of(record)))
            .with("attributes", Json.bytes(List.of("uuid")));
    return switch (api.call(SINGLE_OPERATION, form)) {
      case Answer.Ok ok when ok.body().get("result") instanceof Fields result ->
          new Single.Known(new Presence.Present(result.text("uuid")));
      case Answer.Ok ok ->
          new Single.Failed(Reason.of("the answer to " + SINGLE_OPERATION + " has no result"));
      case Answer.Failed failed when failed.code() == Answer.Failed.RECORD_NOT_FOUND ->
          new Single.Known(new Presence.Absent());
      case Answer.Failed failed ->
          switch (failed.meaning()) {
            case THROTTLED, UNAVAILABLE, UNKNOWN -> new Single.Failed(failed.reason());
            case REFUSED, REJECTED, TOO_LARGE, FATAL ->
                new Single.Known(new Presence.Undecided(failed.reason()));
          };
    };
  }

  private Found found(List<?> results) {
    var uuids = new HashMap<String, @Nullable String>();
    var lowered = new HashSet<String>();
    for (Object result : results) {
      Object value = result instanceof Fields record ? key.of(record) : null;
      if (value != null) {
        uuids.put(value.toString(), ((Fields) result).text("uuid"));
        lowered.add(value.toString().toLowerCase(Locale.ROOT));
      }
    }
    return new Found(uuids, lowered, results.size() >= MOST_RESULTS);
  }

  private record Found(Map<String, @Nullable String> uuids, Set<String> lowered, boolean cutOff) {

    Presence of(String key) {
      if (uuids.containsKey(key)) {
        return new Presence.Present(uuids.get(key));
      }
      if (lowered.contains(key.toLowerCase(Locale.ROOT))) {
        return undecided("there is a record whose key differs in upper and lower case only");
      }
      return cutOff
          ? undecided("the API has more records with these keys than it shows")
          : new Presence.Absent();
    }
  }

  private static Presence undecided(String sentence) {
    return new Presence.Undecided(Reason.of(sentence));
  }
}
