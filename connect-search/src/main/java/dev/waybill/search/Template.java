package dev.waybill.search;

import dev.waybill.Fields;
import dev.waybill.Item;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text in which `{field}` stands for a value of the record, and `{key}` for its key where it has
/// no field of that name.
record Template(String text, List<String> fields) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

  static Template of(String text) {
    return new Template(
        text, PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).distinct().toList());
  }

  boolean isFixed() {
    return fields.isEmpty();
  }

  /// The text for an item.
  ///
  /// @param what it is, for the complaint: `its id`
  /// @throws UnfitException if the record lacks a value that it needs
  String of(Item<Fields> item, String what) {
    return isFixed()
        ? text
        : PLACEHOLDER
            .matcher(text)
            .replaceAll(match -> Matcher.quoteReplacement(value(item, match, what)));
  }

  /// With something in each placeholder, to look whether the rest is sound.
  String sample() {
    return PLACEHOLDER.matcher(text).replaceAll("x");
  }

  private static String value(Item<Fields> item, MatchResult match, String what) {
    String name = match.group(1);
    String value = item.payload().text(name);
    if (value == null && name.equals("key") && !item.payload().names().contains(name)) {
      value = item.key();
    }
    if (value == null || value.isEmpty()) {
      throw new UnfitException("the record has no " + name + ", which " + what + " is made of");
    }
    return value;
  }
}
