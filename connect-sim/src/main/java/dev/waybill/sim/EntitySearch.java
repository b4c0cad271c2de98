package dev.waybill.sim;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Reply;
import dev.waybill.sim.EntityApi.Wrong;
import dev.waybill.sim.GroundTruth.StoredRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds and changes records that are there.
record EntitySearch(Simulator simulator) {

  /// The most that a call returns, and what it returns unless told otherwise.
  private static final int MOST = 10_000;

  private static final int USUAL = 100;

  Answer find(Map<String, String> form) throws Wrong {
    Predicate<Fields> filter = filter(form.get("filter"));
    int most = number(form, "max_results", USUAL, MOST);
    int first = number(form, "first_result", 0, Integer.MAX_VALUE);
    List<String> attributes =
        form.containsKey("attributes")
            ? EntityApi.names(EntityApi.json(form, "attributes"))
            : List.of();
    var results = new ArrayList<Map<String, ?>>();
    Simulator.Numbered result =
        simulator.perform(
            0,
            applied -> {
              simulator.truth(GroundTruth::records).values().stream()
                  .map(EntitySearch::withUuid)
                  .filter(filter)
                  .skip(first)
                  .limit(most)
                  .forEach(record -> results.add(chosen(record, attributes)));
              return new Reply.Answered(List.of());
            });
    return result.answer(
        EntityApi.response(
            result.outcome(),
            verdicts -> {
              var body = new LinkedHashMap<String, Object>();
              body.put("result_count", results.size());
              body.put("results", results);
              return body;
            }));
  }

  /// Writes over attributes of the one record in which `attribute` has this value, and says whether
  /// there is one.
  boolean change(String attribute, String value, Fields changes) {
    return simulator.truth(
        truth -> {
          StoredRecord found = record(truth, attribute, value);
          if (found == null) {
            return false;
          }
          var members = new LinkedHashMap<String, @Nullable Object>();
          put(found.fields(), members);
          put(changes, members);
          Fields changed = Fields.of(FieldNames.of(members.keySet()), members.values().toArray());
          truth.overwritten(new StoredRecord(found.key(), found.id(), changed, found.copies()));
          return true;
        });
  }

  private static @Nullable StoredRecord record(GroundTruth truth, String attribute, String value) {
    StoredRecord byKey = truth.records().get(value);
    if (byKey != null && has(byKey, attribute, value)) {
      return byKey;
    }
    return truth.records().values().stream()
        .filter(record -> has(record, attribute, value))
        .findFirst()
        .orElse(null);
  }

  private static boolean has(StoredRecord record, String attribute, String value) {
    return attribute.equals("uuid")
        ? record.id().equals(value)
        : value.equals(String.valueOf(EntityFilter.value(record.fields(), attribute)));
  }

  private static void put(Fields fields, Map<String, @Nullable Object> into) {
    for (int i = 0; i < fields.size(); i++) {
      into.put(fields.names().name(i), fields.value(i));
    }
  }

  private static Fields withUuid(StoredRecord record) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("uuid", record.id());
    put(record.fields(), members);
    return Fields.of(FieldNames.of(members.keySet()), members.values().toArray());
  }

  private static Map<String, ?> chosen(Fields record, List<String> attributes) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    if (attributes.isEmpty()) {
      put(record, members);
    }
    attributes.forEach(name -> members.put(name, EntityFilter.value(record, name)));
    return members;
  }

  private static Predicate<Fields> filter(@Nullable String filter) throws Wrong {
    if (filter == null) {
      return record -> true;
    }
    try {
      return EntityFilter.parse(filter);
    } catch (IllegalArgumentException e) {
      throw new Wrong(EntityError.invalid("filter", String.valueOf(e.getMessage())));
    }
  }

  private static int number(Map<String, String> form, String name, int usual, int most)
      throws Wrong {
    try {
      int number = Integer.parseInt(form.getOrDefault(name, String.valueOf(usual)));
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new Wrong(EntityError.invalid(name, "is not a number"));
    }
    throw new Wrong(EntityError.invalid(name, "is not a number up to " + most));
  }
}
