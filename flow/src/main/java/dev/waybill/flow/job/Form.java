package dev.waybill.flow.job;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a setting's text has to look like.
public enum Form {
  TEXT("takes a text"),
  COUNT("takes a whole number from 1 on"),
  RATE("takes a number from 0 on, where 0 is unlimited"),
  DURATION("takes a length of time such as 500ms, 10s, 2m or 1h"),
  FAIL_AFTER("takes a number of records such as 500, or a share such as 10%"),
  ORDER("takes none or per-key"),
  MODE("takes upsert, mirror, create, update or append"),
  DUPLICATES("takes last, first or refuse"),
  RETRY("takes every-run or backoff"),
  SWITCH("takes true or false"),
  DELETES("takes apply or ignore");

  private final String rule;

  Form(String rule) {
    this.rule = rule;
  }

  /// The rule as the end of a sentence: `takes a whole number from 1 on`.
  public String rule() {
    return rule;
  }

  boolean fits(String text) {
    return switch (this) {
      case TEXT -> !text.isBlank();
      case COUNT -> isCount(text);
      case RATE -> isNumber(text);
      case DURATION -> isDuration(text);
      case FAIL_AFTER ->
          text.endsWith("%")
              ? isNumber(text.substring(0, text.length() - 1)) && share(text) <= 1
              : text.equals("0") || isCount(text);
      case ORDER -> List.of("none", "per-key").contains(text);
      case MODE -> List.of("upsert", "mirror", "create", "update", "append").contains(text);
      case DUPLICATES -> List.of("last", "first", "refuse").contains(text);
      case RETRY -> List.of("every-run", "backoff").contains(text);
      case SWITCH -> List.of("true", "false").contains(text);
      case DELETES -> List.of("apply", "ignore").contains(text);
    };
  }

  private static boolean isCount(String text) {
    return text.matches("[0-9]{1,18}") && Long.parseLong(text) >= 1;
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,15}(\\.[0-9]{1,15})?");
  }

  private static boolean isDuration(String text) {
    try {
      return duration(text).isPositive();
    } catch (UserException e) {
      return false;
    }
  }

  /// `10%` as 0.1.
  static double share(String percentage) {
    return Double.parseDouble(percentage.substring(0, percentage.length() - 1)) / 100;
  }

  /// A length of time, spelled as in the options of connectors.
  static Duration duration(String text) {
    var option = Option.of("time", null, "");
    return Options.of("waybill", List.of(option), Map.of("time", text)).duration("time");
  }
}
