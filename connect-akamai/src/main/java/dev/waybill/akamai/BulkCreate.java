package dev.waybill.akamai;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.akamai.CodeTable.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The call `entity.bulkCreate`: its form, and what its answer says of each record.
final class BulkCreate {

  static final String OPERATION = "entity.bulkCreate";

  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}-?(?:\\p{XDigit}{4}-?){3}\\p{XDigit}{12}");

  private final AkamaiSettings settings;
  private final Api api;
  private final Records records;

  BulkCreate(AkamaiSettings settings, Api api, Records records) {
    this.settings = settings;
    this.api = api;
    this.records = records;
  }

  Form form(List<Item<Fields>> items) {
    Form form = api.form();
    if (settings.commitEach() != null) {
      form.with("commit_each", settings.commitEach().name().toLowerCase(Locale.ROOT));
    }
    return form.with("all_attributes", records.list(items));
  }

  Answer call(List<Item<Fields>> items) throws InterruptedException {
    return api.call(OPERATION, form(items));
  }

  /// The verdict on each of the `count` records of a call that worked; null if the answer has no
  /// list of results, or one for more records than were sent, so that it tells nothing of them.
  @Nullable List<Verdict> verdicts(Answer.Ok answer, int count) {
    if (!(answer.body().get("uuid_results") instanceof List<?> results) || results.size() > count) {
      return null;
    }
    var verdicts = new ArrayList<Verdict>(count);
    for (Object result : results) {
      verdicts.add(verdict(result));
    }
    while (verdicts.size() < count) {
      verdicts.add(doubt("the answer has no result for this record"));
    }
    return verdicts;
  }

  private Verdict verdict(@Nullable Object result) {
    return switch (result) {
      case String uuid when UUID.matcher(uuid).matches() -> new Verdict.Accepted(uuid);
      case Fields error when "error".equals(error.text("stat")) ->
          failed(api.reader().error(error));
      case null, default -> doubt("the result for this record is neither a UUID nor an error");
    };
  }

  private Verdict failed(Answer.Failed error) {
    // The original takes every error of a single record as its rejection.
    return settings.preset() == Preset.STRICT_ORIGINAL ? error.rejected() : error.verdict();
  }

  private static Verdict doubt(String sentence) {
    return new Verdict.InDoubt(Reason.of(sentence));
  }
}
