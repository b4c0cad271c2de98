package dev.waybill.akamai;

import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings one record that is there already up to date: `entity.update` for its single values, then
/// `entity.replace` for each of its lists, because the elements of a list have no key by which an
/// update could tell them apart.
///
/// Doing it twice is the same as doing it once.
final class Update {

  static final String OPERATION = "entity.update";
  static final String LIST_OPERATION = "entity.replace";

  /// What came of it.
  ///
  /// @param verdict on the record
  /// @param stop whether the next record would fare no better now
  /// @param rest how long the API asks to be left alone; zero if it does not say
  record Result(Verdict verdict, boolean stop, Duration rest) {}

  private final Api api;
  private final Records records;
  private final PrimaryKey key;
  private final Set<String> notUpdated;
  private final Pacer pacer;

  Update(Api api, Records records, PrimaryKey key, Set<String> notUpdated, Pacer pacer) {
    this.api = api;
    this.records = records;
    this.key = key;
    this.notUpdated = notUpdated;
    this.pacer = pacer;
  }

  /// Updates the record that has this one's primary key.
  Result apply(Fields fields) throws InterruptedException {
    Fields values = Records.only(fields, (name, value) -> isUpdated(name) && !isList(value));
    Answer answer = call(OPERATION, form(fields).with("value", records.object(values)));
    if (answer instanceof Answer.Failed failed) {
      return result(failed, failed.verdict());
    }
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.names().name(i);
      if (isUpdated(name) && fields.value(i) instanceof List<?> list) {
        Form form = form(fields).with("attribute_name", name).with("value", Json.bytes(list));
        if (call(LIST_OPERATION, form) instanceof Answer.Failed failed) {
          return result(failed, halfDone(name, failed));
        }
      }
    }
    return new Result(Verdict.Accepted.WITHOUT_ID, false, Duration.ZERO);
  }

  private boolean isUpdated(String name) {
    return !notUpdated.contains(name);
  }

  private static boolean isList(@Nullable Object value) {
    return value instanceof List<?>;
  }

  private Form form(Fields fields) {
    return api.form()
        .with("key_attribute", key.attribute())
        .with("key_value", Json.bytes(key.of(fields)));
  }

  private Answer call(String operation, Form form) throws InterruptedException {
    pacer.await();
    return api.call(operation, form);
  }

  private static Result result(Answer.Failed failed, Verdict verdict) {
    Duration rest = failed.retryAfter() == null ? Duration.ZERO : failed.retryAfter();
    return switch (failed.meaning()) {
      case THROTTLED, UNAVAILABLE -> new Result(verdict, true, rest);
      // The next call to create says so again, and ends the run: here other records are created.
      case FATAL -> new Result(new Verdict.Deferred(failed.reason()), true, rest);
      case UNKNOWN, REFUSED, REJECTED, TOO_LARGE -> new Result(verdict, false, rest);
    };
  }

  /// Its single values are updated, this list is not, or not certainly.
  private static Verdict halfDone(String list, Answer.Failed failed) {
    var reason =
        new Reason(
            failed.reason().code(),
            "updated, but for '" + list + "': " + failed.reason().message());
    return switch (failed.verdict()) {
      case Verdict.Rejected rejected -> new Verdict.Rejected(reason, Kind.PERMANENT);
      case Verdict.Accepted accepted -> throw new IllegalStateException(accepted.toString());
      case Verdict.Deferred deferred -> new Verdict.InDoubt(reason);
      case Verdict.InDoubt doubt -> new Verdict.InDoubt(reason);
    };
  }
}
