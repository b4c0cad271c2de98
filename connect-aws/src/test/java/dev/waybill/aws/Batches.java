package dev.waybill.aws;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/// Batches for tests, and what was said of them.
final class Batches {

  private Batches() {}

  /// The first batch of the run `run`, with these payloads.
  static <T> Batch<T> of(List<T> payloads) {
    return numbered(1, payloads);
  }

  static <T> Batch<T> numbered(long number, List<T> payloads) {
    var items = new ArrayList<Item<T>>();
    for (T payload : payloads) {
      items.add(Item.of(items.size() + 1L, payload));
    }
    return new Batch<>(number, items, 1, "run");
  }

  static Fields record(Map<String, ?> values) {
    return Fields.of(FieldNames.of(values.keySet()), values.values().toArray());
  }

  /// The verdicts, each in a word or two: `accepted 49590…`, `deferred`, `rejected`, `in doubt`.
  static List<String> verdicts(Reply reply) {
    Assertions.assertThat(reply).isInstanceOf(Reply.Answered.class);
    return ((Reply.Answered) reply)
        .verdicts().stream()
            .map(
                verdict ->
                    switch (verdict) {
                      case Verdict.Accepted(String id) ->
                          id == null ? "accepted" : "accepted " + id;
                      case Verdict.Deferred deferred -> "deferred";
                      case Verdict.InDoubt inDoubt -> "in doubt";
                      case Verdict.Rejected(var reason, var kind) ->
                          kind == Verdict.Rejected.Kind.PERMANENT ? "rejected" : "rejected " + kind;
                    })
            .toList();
  }

  /// The reason of the one verdict at this position.
  static String reason(Reply reply, int position) {
    return switch (((Reply.Answered) reply).verdicts().get(position)) {
      case Verdict.Accepted accepted -> "";
      case Verdict.Deferred(var reason) -> reason.toString();
      case Verdict.InDoubt(var reason) -> reason.toString();
      case Verdict.Rejected(var reason, var kind) -> reason.toString();
    };
  }
}
