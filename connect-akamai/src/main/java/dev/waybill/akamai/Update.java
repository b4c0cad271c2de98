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
  /// @param next how the next record would fare now
  /// @param rest how long the API asks to be left alone; zero if it does not say
  record Result(Verdict verdict, Next next, Duration rest) {}

  /// How the next record would fare.
  enum Next {
    /// Nothing speaks against it.
    WELL,
    /// This one was lost on the way, which may be chance.
    DOUBTFULLY,
    /// No better than this one.
    BADLY
  }

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
    Answer answer = call(OPERATION, form(fields).with("attributes", records.object(values)));
    if (answer instanceof Answer.Failed failed) {
      return result(failed, null);
    }
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.names().name(i);
      if (isUpdated(name) && fields.value(i) instanceof List<?> list) {
        Form form = form(fields).with("attribute_name", name).with("attributes", Json.bytes(list));
        if (call(LIST_OPERATION, form) instanceof Answer.Failed failed) {
          return result(failed, name);
        }
      }
    }
    return new Result(Verdict.Accepted.WITHOUT_ID, Next.WELL, Duration.ZERO);
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

  /// @param list the one that was not replaced, after the single values were updated; null if those
  ///   were not
  private Result result(Answer.Failed failed, @Nullable String list) {
    Reason reason = reason(failed, list);
    Duration rest = failed.retryAfter() == null ? Duration.ZERO : failed.retryAfter();
    return switch (failed.meaning()) {
      // What is fatal is so for the next call to create, too, which ends the run then: this one has
      // created other records.
      case THROTTLED, UNAVAILABLE, FATAL ->
          new Result(
              list == null ? new Verdict.Deferred(reason) : new Verdict.InDoubt(reason),
              Next.BADLY,
              rest);
      case UNKNOWN -> new Result(new Verdict.InDoubt(reason), Next.DOUBTFULLY, rest);
      // Never a duplicate, even if the API calls it one: this record has not arrived.
      case REFUSED, REJECTED, TOO_LARGE ->
          new Result(new Verdict.Rejected(reason, Kind.PERMANENT), Next.WELL, rest);
    };
  }

  private Reason reason(Answer.Failed failed, @Nullable String list) {
    String message = failed.reason().message();
    if (list != null) {
      return new Reason(failed.reason().code(), "updated, but for '" + list + "': " + message);
    }
    return failed.code() == Answer.Failed.RECORD_NOT_FOUND
        ? Reason.of(
            "unique_violation",
            "a record that shares another unique value with this one is there already, but none"
                + " with this "
                + key.attribute())
        : failed.reason();
  }
}
