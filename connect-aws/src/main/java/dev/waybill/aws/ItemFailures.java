package dev.waybill.aws;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.aws.LambdaDestination.Element;
import dev.waybill.json.Json;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The partial answer of a Lambda function, as functions behind a queue or stream give it:
/// `{"batchItemFailures": [{"itemIdentifier": "3"}]}`. An item may also carry a `message`, and
/// `"permanent": true` to be rejected rather than sent again.
final class ItemFailures {

  private static final String FAILED = "the function failed it";

  private ItemFailures() {}

  static <T> Reply reply(Entries<T, Element> entries, String answer) {
    List<?> failures = failures(answer);
    if (failures == null) {
      return entries.accepted();
    }
    var verdicts = new HashMap<String, Verdict>();
    for (Object failure : failures) {
      String id = failure instanceof Fields fields ? fields.text("itemIdentifier") : null;
      if (id == null) {
        return unclear("null");
      }
      verdicts.put(id, verdict((Fields) failure));
    }
    int found = 0;
    for (int i = 0; i < entries.size(); i++) {
      found += verdicts.containsKey(id(entries, i)) ? 1 : 0;
    }
    if (found < verdicts.size()) {
      return unclear(String.join(", ", verdicts.keySet()));
    }
    return entries.answered(
        index -> verdicts.getOrDefault(id(entries, index), Verdict.Accepted.WITHOUT_ID));
  }

  private static <T> String id(Entries<T, Element> entries, int index) {
    String id = entries.list().get(index).id();
    return id == null ? Integer.toString(index) : id;
  }

  private static Verdict verdict(Fields failure) {
    String message = failure.text("message");
    var reason = Reason.of("batchItemFailures", message == null ? FAILED : Text.oneLine(message));
    return Boolean.TRUE.equals(failure.get("permanent"))
        ? new Verdict.Rejected(reason, Kind.PERMANENT)
        : new Verdict.Deferred(reason);
  }

  /// Functions behind a queue that name an unknown item have their whole batch sent again, because
  /// nobody knows what failed.
  private static Reply unclear(String ids) {
    return new Reply.InDoubt(
        Reason.of(
            "batchItemFailures",
            "the function names items that it was not given: " + Text.oneLine(ids)));
  }

  /// The list in the answer; null if it has none.
  private static @Nullable List<?> failures(String answer) {
    try {
      return !answer.isBlank()
              && Json.read(answer) instanceof Fields fields
              && fields.get("batchItemFailures") instanceof List<?> list
          ? list
          : null;
    } catch (JacksonException e) {
      // A function may answer whatever it likes.
      return null;
    }
  }
}
