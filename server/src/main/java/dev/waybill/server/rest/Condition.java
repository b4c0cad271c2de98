package dev.waybill.server.rest;

import dev.waybill.server.catalog.Query.Comparison;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A filter of a list: `flowId==…`, `transformations[].params.key==…`.
///
/// @param path members joined by dots; `[]` behind one that is a list
/// @param values any of them
record Condition(String path, Comparison comparison, List<String> values) {

  private static final Pattern FORM = Pattern.compile("([^=!<>~]+)([=!<>~]+)(.*)", Pattern.DOTALL);

  /// Reads the conditions of one `property` parameter. Commas part values, and, where what follows
  /// has an operator of its own, conditions.
  ///
  /// @return empty if there is no operator in it
  static List<Condition> parse(String property) {
    if (!FORM.matcher(property).matches()) {
      return List.of();
    }
    var conditions = new ArrayList<Condition>();
    for (String piece : property.split(",", -1)) {
      Matcher match = FORM.matcher(piece);
      if (match.matches()) {
        conditions.add(
            new Condition(
                match.group(1).strip(),
                comparison(match.group(2)),
                List.of(unquoted(match.group(3)))));
      } else if (conditions.isEmpty()) {
        throw ApiProblem.invalid("The filter '" + piece + "' has no operator such as ==.");
      } else {
        Condition last = conditions.removeLast();
        var values = new ArrayList<>(last.values);
        values.add(unquoted(piece));
        conditions.add(new Condition(last.path, last.comparison, List.copyOf(values)));
      }
    }
    conditions.forEach(Condition::check);
    return conditions;
  }

  private static Comparison comparison(String sign) {
    for (Comparison comparison : Comparison.values()) {
      if (comparison.sign().equals(sign)) {
        return comparison;
      }
    }
    throw ApiProblem.badOperator(sign);
  }

  private static String unquoted(String value) {
    String text = value.strip();
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private void check() {
    if (values.size() > 1 && comparison != Comparison.EQUAL && comparison != Comparison.NOT_EQUAL) {
      throw ApiProblem.invalid(
          "Operator '" + comparison.sign() + "' is not allowed for multiple values.");
    }
    if (values.size() > 100) {
      throw ApiProblem.invalid("A filter takes up to 100 values.");
    }
  }

  /// The same on a field of another name.
  Condition on(String other) {
    return new Condition(other, comparison, values);
  }

  /// Whether it holds for a thing as the API shows it.
  boolean holds(JsonObject thing) {
    var found = new ArrayList<@Nullable Object>();
    collect(thing.members(), path.split("\\.", -1), 0, found);
    return comparison == Comparison.NOT_EQUAL
        ? found.stream().noneMatch(value -> values.stream().anyMatch(each -> same(value, each)))
        : found.stream().anyMatch(value -> values.stream().anyMatch(each -> compare(value, each)));
  }

  private static void collect(
      @Nullable Object value, String[] path, int at, List<@Nullable Object> found) {
    if (at == path.length) {
      found.add(value);
      return;
    }
    boolean list = path[at].endsWith("[]");
    String name = list ? path[at].substring(0, path[at].length() - 2) : path[at];
    if (value instanceof Map<?, ?> map) {
      Object member = map.get(name);
      if (list && member instanceof List<?> elements) {
        elements.forEach(element -> collect(element, path, at + 1, found));
      } else if (!list && member != null) {
        collect(member, path, at + 1, found);
      }
    }
  }

  private static boolean same(@Nullable Object value, String wanted) {
    return value != null && order(value, wanted) == 0;
  }

  private boolean compare(@Nullable Object value, String wanted) {
    if (value == null) {
      return false;
    }
    return switch (comparison) {
      case EQUAL -> order(value, wanted) == 0;
      case NOT_EQUAL -> order(value, wanted) != 0;
      case LESS -> order(value, wanted) < 0;
      case AT_MOST -> order(value, wanted) <= 0;
      case MORE -> order(value, wanted) > 0;
      case AT_LEAST -> order(value, wanted) >= 0;
      case LIKE ->
          value.toString().toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
    };
  }

  private static int order(Object value, String wanted) {
    if (value instanceof Number && wanted.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
      return new BigDecimal(value.toString()).compareTo(new BigDecimal(wanted));
    }
    return value.toString().compareTo(wanted);
  }
}
