package dev.waybill.sim;

import dev.waybill.Fields;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The filter of `entity.find`: comparisons with `=`, `!=`, `<`, `<=`, `>`, `>=`, `is null` and `is
/// not null`, joined by `and`, `or` and `not`. There is no `in`, and no `contains`, as in the
/// documentation of Akamai Identity Cloud ("Search for user profiles").
final class EntityFilter {

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:(>=|<=|!=|[=<>()!])|'((?:[^'\\\\]|''|\\\\.)*)'|([\\w.#+-]+))");

  private final String filter;
  private final Matcher matcher;
  private @Nullable String word;
  private @Nullable String text;

  private EntityFilter(String filter) {
    this.filter = filter;
    this.matcher = TOKEN.matcher(filter);
    advance();
  }

  /// What the filter accepts.
  ///
  /// @throws IllegalArgumentException if it is not one; the message says where
  static Predicate<Fields> parse(String filter) {
    var parser = new EntityFilter(filter);
    Predicate<Fields> all = parser.or();
    if (parser.word != null || parser.text != null) {
      throw parser.unexpected();
    }
    return all;
  }

  /// The value of an attribute, whose name may go down by dots; null if there is none.
  static @Nullable Object value(Fields record, String path) {
    Object value = record.get(path);
    int dot = path.indexOf('.');
    return value == null && dot > 0 && record.get(path.substring(0, dot)) instanceof Fields inner
        ? value(inner, path.substring(dot + 1))
        : value;
  }

  private Predicate<Fields> or() {
    Predicate<Fields> left = and();
    while (take("or")) {
      left = left.or(and());
    }
    return left;
  }

  private Predicate<Fields> and() {
    Predicate<Fields> left = not();
    while (take("and")) {
      left = left.and(not());
    }
    return left;
  }

  private Predicate<Fields> not() {
    if (take("not") || take("!")) {
      return not().negate();
    }
    if (take("(")) {
      Predicate<Fields> inner = or();
      expect(")");
      return inner;
    }
    return comparison();
  }

  private Predicate<Fields> comparison() {
    String attribute = word;
    if (attribute == null || !Character.isLetter(attribute.charAt(0))) {
      throw unexpected();
    }
    advance();
    if (take("is")) {
      boolean negated = take("not");
      expect("null");
      return record -> (value(record, attribute) == null) != negated;
    }
    String operator = word == null ? "" : word;
    if (!"= != < <= > >=".contains(operator) || operator.isEmpty()) {
      throw unexpected();
    }
    advance();
    String operand = text == null ? word : text;
    if (operand == null) {
      throw unexpected();
    }
    advance();
    return record -> {
      Object value = value(record, attribute);
      return value != null && holds(compare(value, operand), operator);
    };
  }

  private static int compare(Object value, String operand) {
    if (value instanceof Number) {
      try {
        return new BigDecimal(value.toString()).compareTo(new BigDecimal(operand));
      } catch (NumberFormatException e) {
        return -1;
      }
    }
    return value.toString().compareTo(operand);
  }

  private static boolean holds(int order, String operator) {
    return switch (operator) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw new IllegalStateException(operator);
    };
  }

  private boolean take(String expected) {
    if (word == null || !word.toLowerCase(Locale.ROOT).equals(expected)) {
      return false;
    }
    advance();
    return true;
  }

  private void expect(String expected) {
    if (!take(expected)) {
      throw unexpected();
    }
  }

  private void advance() {
    word = null;
    text = null;
    if (!matcher.lookingAt()) {
      if (!filter.substring(matcher.regionStart()).isBlank()) {
        throw unexpected();
      }
      return;
    }
    if (matcher.group(2) != null) {
      text = matcher.group(2).replace("''", "'").replaceAll("\\\\(.)", "$1");
    } else {
      word = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
    }
    matcher.region(matcher.end(), filter.length());
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException(
        "the filter can not be understood before '"
            + filter.substring(matcher.regionStart()).strip()
            + "'");
  }
}
