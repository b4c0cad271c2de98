package dev.waybill.spi;

import dev.waybill.Fields;
import dev.waybill.Item;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with places that each record fills: `{field}` stands for a field's value, and `{key}` for
/// the record's key where it has no field of that name.
///
/// @param text as it was written
/// @param fields the names between braces, each once
public record Template(String text, List<String> fields) {

  private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");

  /// What came of filling a template.
  public sealed interface Filled {

    /// All places have a value.
    record Text(String text) implements Filled {}

    /// The record has no value for this field, or an empty one.
    record Missing(String field) implements Filled {}
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
        return new Filled.Missing(field);
      }
      filled.append(text, from, place.start()).append(value);
      from = place.end();
    }
    return new Filled.Text(filled.append(text, from, text.length()).toString());
  }

  /// The text with the same in every place, to look whether what stands around them is sound.
  public String sample(String value) {
    return PLACE.matcher(text).replaceAll(Matcher.quoteReplacement(value));
  }
}
