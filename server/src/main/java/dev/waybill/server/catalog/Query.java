package dev.waybill.server.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of a tenant's things to list.
///
/// @param conditions all of them must hold
/// @param order by which field, a `-` before it for descending; one of those that the list knows
/// @param limit at least 1
/// @param after the [Page#next] of the part before; null for the first
public record Query(List<Condition> conditions, String order, int limit, @Nullable String after) {

  public Query {
    conditions = List.copyOf(conditions);
  }

  /// The newest first, no conditions.
  public static Query newest(int limit) {
    return new Query(List.of(), "-createdAt", limit, null);
  }

  /// Those only for which this holds too.
  public Query where(String field, Comparison comparison, String value) {
    var more = new java.util.ArrayList<>(conditions);
    more.add(new Condition(field, comparison, value));
    return new Query(more, order, limit, after);
  }

  /// `flowId==…`, `metrics.durationSummary.startedAtUTC>=…`.
  ///
  /// @param field as the API names it
  public record Condition(String field, Comparison comparison, String value) {}

  /// How a field is compared.
  public enum Comparison {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    LIKE("~");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }
}
