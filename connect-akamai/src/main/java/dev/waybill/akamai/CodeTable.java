package dev.waybill.akamai;

import static dev.waybill.akamai.Meaning.FATAL;
import static dev.waybill.akamai.Meaning.REFUSED;
import static dev.waybill.akamai.Meaning.REJECTED;
import static dev.waybill.akamai.Meaning.THROTTLED;
import static dev.waybill.akamai.Meaning.TOO_LARGE;
import static dev.waybill.akamai.Meaning.UNAVAILABLE;
import static dev.waybill.akamai.Meaning.UNKNOWN;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the codes of one kind mean: the user's lists first, then the preset's, in each of them the
/// narrowest range first; and what is in no list has the preset's last word.
///
/// The reasons for the defaults stand in `docs/destinations/akamai.md`.
record CodeTable(Map<Meaning, CodeList> given, Map<Meaning, CodeList> preset, Meaning otherwise) {

  /// Which defaults hold.
  enum Preset {
    /// What the API documents of each code.
    SMART,
    /// The two lists of unknown codes of `dataload.py`; all else rejects the records of the call.
    STRICT_ORIGINAL
  }

  /// The meanings that a user can give codes, with the first word of the option's name.
  private static final Map<Meaning, String> OPTION_WORDS =
      new EnumMap<>(
          Map.of(
              UNKNOWN, "unknown",
              THROTTLED, "throttled",
              UNAVAILABLE, "unavailable",
              REFUSED, "refused",
              FATAL, "fatal"));

  private static final Map<Meaning, CodeList> SMART_CODES =
      Map.of(
          THROTTLED, CodeList.of("510"),
          UNAVAILABLE, CodeList.of("403,480"),
          UNKNOWN, CodeList.of("500,504"),
          REFUSED, CodeList.of("200-399"),
          FATAL, CodeList.of("100,201,205,221,222,400-499"));

  private static final Map<Meaning, CodeList> SMART_STATUSES =
      Map.of(
          THROTTLED, CodeList.of("429"),
          UNAVAILABLE, CodeList.of("408,503"),
          UNKNOWN, CodeList.of("403,500,501,502,504"),
          REFUSED, CodeList.of("400-499"),
          TOO_LARGE, CodeList.of("413"),
          FATAL, CodeList.of("300-399,401,404,405,407,410"));

  private static final Map<Meaning, CodeList> ORIGINAL_CODES =
      Map.of(UNKNOWN, CodeList.of("403,500,504,510"));

  private static final Map<Meaning, CodeList> ORIGINAL_STATUSES =
      Map.of(UNKNOWN, CodeList.of("403,500,501,502"));

  /// The options that override it.
  static List<Option> options() {
    var options = new ArrayList<Option>();
    for (Meaning meaning : OPTION_WORDS.keySet()) {
      options.add(option(meaning, "-codes", "API codes", SMART_CODES));
      options.add(option(meaning, "-http-statuses", "HTTP statuses", SMART_STATUSES));
    }
    return options;
  }

  private static Option option(
      Meaning meaning, String suffix, String what, Map<Meaning, CodeList> defaults) {
    return Option.of(
        OPTION_WORDS.get(meaning) + suffix,
        null,
        what
            + " that mean: "
            + explained(meaning)
            + "; by default "
            + listed(defaults.getOrDefault(meaning, CodeList.NONE)));
  }

  private static String explained(Meaning meaning) {
    return switch (meaning) {
      case UNKNOWN -> "the records may have been applied, or not";
      case THROTTLED -> "not applied, too many calls";
      case UNAVAILABLE -> "not applied, try again later";
      case REFUSED -> "not applied, some record of the call is at fault";
      case FATAL -> "not applied, and no later call can pass";
      case REJECTED, TOO_LARGE -> throw new IllegalArgumentException(meaning.name());
    };
  }

  private static String listed(CodeList list) {
    var text = new StringBuilder();
    for (CodeList.Range range : list.ranges()) {
      text.append(text.isEmpty() ? "" : ",").append(range.first());
      if (range.width() > 0) {
        text.append('-').append(range.last());
      }
    }
    return text.toString();
  }

  /// The table of the codes in the API's JSON answers.
  static CodeTable ofCodes(Options options, Preset preset) {
    return switch (preset) {
      case SMART -> new CodeTable(given(options, "-codes"), SMART_CODES, UNKNOWN);
      case STRICT_ORIGINAL -> new CodeTable(given(options, "-codes"), ORIGINAL_CODES, REJECTED);
    };
  }

  /// The table of the HTTP statuses, for answers that are not the API's own.
  static CodeTable ofStatuses(Options options, Preset preset) {
    String suffix = "-http-statuses";
    return switch (preset) {
      case SMART -> new CodeTable(given(options, suffix), SMART_STATUSES, UNKNOWN);
      case STRICT_ORIGINAL -> new CodeTable(given(options, suffix), ORIGINAL_STATUSES, REJECTED);
    };
  }

  private static Map<Meaning, CodeList> given(Options options, String suffix) {
    var lists = new EnumMap<Meaning, CodeList>(Meaning.class);
    OPTION_WORDS.forEach(
        (meaning, word) -> {
          if (options.has(word + suffix)) {
            lists.put(meaning, CodeList.of(options, word + suffix));
          }
        });
    for (Meaning one : lists.keySet()) {
      for (Meaning other : lists.keySet()) {
        if (one.compareTo(other) < 0) {
          mustNotShare(lists, one, other, suffix);
        }
      }
    }
    return lists;
  }

  private static void mustNotShare(
      Map<Meaning, CodeList> lists, Meaning one, Meaning other, String suffix) {
    for (CodeList.Range range : lists.getOrDefault(one, CodeList.NONE).ranges()) {
      if (lists.getOrDefault(other, CodeList.NONE).ranges().contains(range)) {
        throw new UserException(
            "akamai options '"
                + OPTION_WORDS.get(one)
                + suffix
                + "' and '"
                + OPTION_WORDS.get(other)
                + suffix
                + "' both name "
                + range.first()
                + ": leave it in one of them");
      }
    }
  }

  /// What the code means. A user's list takes the place of the preset's list for that meaning.
  Meaning of(int code) {
    Meaning meaning = nearest(given, code);
    if (meaning != null) {
      return meaning;
    }
    var rest = new EnumMap<Meaning, CodeList>(preset);
    rest.keySet().removeAll(given.keySet());
    meaning = nearest(rest, code);
    return meaning == null ? otherwise : meaning;
  }

  private static @Nullable Meaning nearest(Map<Meaning, CodeList> lists, int code) {
    Meaning nearest = null;
    int best = Integer.MAX_VALUE;
    for (var entry : lists.entrySet()) {
      int closeness = entry.getValue().closeness(code);
      if (closeness >= 0 && closeness < best) {
        nearest = entry.getKey();
        best = closeness;
      }
    }
    return nearest;
  }
}
