package dev.waybill.http;

import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What each status of an answer means, and what the API's own codes mean where it sends any.
final class StatusTable {

  /// By RFC 9110, section 15, and the registry of statuses. Fatal are those that speak of the
  /// address, the credentials or the form of the request, which are the same in the next call;
  /// refused, those that speak of its content. In doubt are those after which the request may have
  /// been carried out: by the server before it failed (500), or by one behind a gateway (502, 504).
  private static final Map<Meaning, List<String>> DEFAULTS =
      Map.of(
          Meaning.ANSWERED, List.of("2xx"),
          Meaning.THROTTLED, List.of("429"),
          Meaning.UNAVAILABLE, List.of("425", "503"),
          Meaning.UNKNOWN, List.of("408", "5xx"),
          Meaning.REFUSED, List.of("4xx"),
          Meaning.TOO_LARGE, List.of("413"),
          Meaning.FATAL,
              List.of(
                  "3xx", "401", "402", "403", "404", "405", "406", "407", "410", "411", "414",
                  "415", "417", "421", "426", "431", "451", "501", "505", "511"));

  private static final Pattern STATUS = Pattern.compile("[1-5](?:xx|\\d\\d)");

  private final Map<String, Meaning> statuses;
  private final List<Map.Entry<Codes, Meaning>> codes;

  private StatusTable(Map<String, Meaning> statuses, List<Map.Entry<Codes, Meaning>> codes) {
    this.statuses = statuses;
    this.codes = codes;
  }

  /// The options that [#from] reads: `throttled-statuses`, `throttled-codes` and so on.
  static List<Option> options() {
    var options = new ArrayList<Option>();
    for (Meaning meaning : Meaning.values()) {
      options.add(
          Option.of(
              meaning.word() + "-statuses",
              null,
              "Statuses that mean %s, besides or instead of those that do by default: 429, 5xx."
                  .formatted(meaning.word())));
      if (meaning != Meaning.ANSWERED) {
        options.add(
            Option.of(
                meaning.word() + "-codes",
                null,
                "Codes of the API that mean %s, whatever the status: quota, rate_*."
                    .formatted(meaning.word())));
      }
    }
    return options;
  }

  /// The defaults, with those moved that the user named.
  static StatusTable from(Options options) {
    return from(options, null);
  }

  /// The same for an address that names a record: what is not there is then the record, and not the
  /// whole API.
  static StatusTable forRecords(Options options) {
    return from(options, Meaning.REFUSED);
  }

  /// The same for calls that take a record away: one that is not there is what was asked for.
  static StatusTable forDeletes(Options options) {
    return from(options, Meaning.ANSWERED);
  }

  private static StatusTable from(Options options, @Nullable Meaning missing) {
    var statuses = new TreeMap<String, Meaning>();
    DEFAULTS.forEach((meaning, list) -> list.forEach(status -> statuses.put(status, meaning)));
    if (missing != null) {
      statuses.put("404", missing);
      statuses.put("410", missing);
    }
    var moved = new TreeMap<String, Meaning>();
    var codes = new ArrayList<Map.Entry<Codes, Meaning>>();
    for (Meaning meaning : Meaning.values()) {
      String name = meaning.word() + "-statuses";
      for (String status : options.list(name)) {
        if (!STATUS.matcher(status).matches()) {
          throw options.bad(name, "takes statuses such as 429 or 5xx, separated by commas");
        }
        Meaning other = moved.put(status, meaning);
        if (other != null && other != meaning) {
          throw options.bad(
              name, "names " + status + ", which " + other.word() + "-statuses names too");
        }
      }
      if (meaning != Meaning.ANSWERED) {
        codes.add(Map.entry(new Codes(options.list(meaning.word() + "-codes")), meaning));
      }
    }
    // A class that the user names takes all of it along, but for what he names one by one.
    moved.keySet().stream()
        .filter(status -> status.endsWith("xx"))
        .forEach(status -> statuses.keySet().removeIf(key -> key.charAt(0) == status.charAt(0)));
    statuses.putAll(moved);
    return new StatusTable(statuses, codes);
  }

  /// What the status alone means.
  Meaning ofStatus(int status) {
    Meaning exact = statuses.get(Integer.toString(status));
    if (exact != null) {
      return exact;
    }
    return statuses.getOrDefault(status / 100 + "xx", Meaning.UNKNOWN);
  }

  /// What the API's code means; null if the user said nothing of it.
  @Nullable Meaning ofCode(@Nullable String code) {
    for (var entry : codes) {
      if (entry.getKey().contains(code)) {
        return entry.getValue();
      }
    }
    return null;
  }
}
