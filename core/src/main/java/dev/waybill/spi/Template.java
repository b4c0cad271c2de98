package dev.waybill.spi;

import dev.waybill.Fields;
import dev.waybill.Item;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A text with places that each record fills: `{field}` stands for a field's value, `{key}` for the
/// record's key where it has no field of that name, and `{field:day}` for the day of a date or
/// moment in ISO 8601, as it is written there; so do `year`, `month` and `hour`.
///
/// @param text as it was written
/// @param fields the fields between braces, each once
public record Template(String text, List<String> fields) {

  private static final Pattern PLACE = Pattern.compile("\\{([^{}]+?)(?::(year|month|day|hour))?}");

  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}.*)?");

  /// What came of filling a template.
  public sealed interface Filled {

    /// All places have a value.
    record Text(String text) implements Filled {}

    /// A place can not be filled.
    ///
    /// @param complaint a sentence without its end, such as `the record has no country`
    record Unfit(String complaint) implements Filled {}
  }

  /// The template that is written so.
  public static Template of(String text) {
    return new Template(
        text, PLACE.matcher(text).results().map(place -> place.group(1)).distinct().toList());
  }

  /// Whether it has no places, and so is the same for every record.
  public boolean isFixed() {
    return fields.isEmpty();
  }

  /// The text for a record.
  public Filled fill(Item<Fields> item) {
    if (isFixed()) {
      return new Filled.Text(text);
    }
    var filled = new StringBuilder(text.length() + 16);
    Matcher place = PLACE.matcher(text);
    int from = 0;
    while (place.find()) {
      String field = place.group(1);
      String value = item.payload().text(field);
      if (value == null && field.equals("key") && !item.payload().names().contains(field)) {
        value = item.key();
      }
      if (value == null || value.isEmpty()) {
        return new Filled.Unfit("the record has no " + field);
      }
      String part = part(value, place.group(2));
      if (part == null) {
        return new Filled.Unfit(
            "the record's %s '%s' is no %s such as 2026-01-31%s"
                .formatted(
                    field,
                    value,
                    "hour".equals(place.group(2)) ? "moment" : "date",
                    "hour".equals(place.group(2)) ? "T12:00:00Z" : ""));
      }
      filled.append(text, from, place.start()).append(part);
      from = place.end();
    }
    return new Filled.Text(filled.append(text, from, text.length()).toString());
  }

  /// The part of a date or moment; null if the value has no such part.
  private static @Nullable String part(String value, @Nullable String which) {
    if (which == null) {
      return value;
    }
    int length =
        switch (which) {
          case "year" -> 4;
          case "month" -> 7;
          case "day" -> 10;
          default -> 13;
        };
    return MOMENT.matcher(value).matches() && value.length() >= length
        ? value.substring(0, length)
        : null;
  }

  /// The text with the same in every place, to look whether what stands around them is sound.
  public String sample(String value) {
    return PLACE.matcher(text).replaceAll(Matcher.quoteReplacement(value));
  }
}
