package dev.waybill.server.catalog;

import dev.waybill.UserException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Lists rows of a table by the fields that its list knows. A part begins behind the last row of
/// the part before, by value and id, so that its cost is the same wherever it begins.
///
/// @param what the list's things, for complaints: `runs`
/// @param columns what is selected; the id must be among them
/// @param from the tables
/// @param fields by the names that the API gives them
record Listing<T>(
    String what, String columns, String from, Map<String, Field> fields, RowMapper<T> row) {

  /// A field by which rows can be chosen and ordered.
  ///
  /// @param sql the column, or what is reckoned from columns
  record Field(String sql, Kind kind) {}

  /// What a field's values are.
  enum Kind {
    TEXT("''"),
    TIME("0");

    private final String none;

    Kind(String none) {
      this.none = none;
    }
  }

  /// The rest of a statement, and what is to be put into it.
  private record Clauses(StringBuilder sql, List<Object> values) {

    void add(String clause, Object... given) {
      sql.append(clause);
      values.addAll(List.of(given));
    }

    Query in(Handle handle, String before, String after) {
      Query query = handle.createQuery(before + sql + after);
      for (int i = 0; i < values.size(); i++) {
        query.bind(i, values.get(i));
      }
      return query;
    }
  }

  /// @param where what holds of all rows, and its values in place of `?`
  Page<T> page(
      Handle handle, dev.waybill.server.catalog.Query wanted, String where, List<?> given) {
    Clauses clauses = chosen(wanted, where, given);
    boolean falling = wanted.order().startsWith("-");
    String orderedBy = wanted.order().replaceFirst("^[-+]", "");
    Field order = field(orderedBy);
    String value = "coalesce(" + order.sql() + ", " + order.kind().none + ")";
    if (wanted.after() != null) {
      Place place = Place.read(wanted.after(), wanted.order(), what);
      clauses.add(
          " AND (" + value + ", id) " + (falling ? "<" : ">") + " (?, ?)",
          order.kind() == Kind.TIME ? (Object) place.number() : place.value(),
          place.id());
    }
    String direction = falling ? " DESC" : "";
    record Row<T>(T item, String id, String value) {}
    List<Row<T>> rows =
        clauses
            .in(
                handle,
                "SELECT " + columns + ", " + value + " AS place" + from,
                " ORDER BY place"
                    + direction
                    + ", id"
                    + direction
                    + " LIMIT "
                    + (wanted.limit() + 1L))
            .map(
                (set, context) ->
                    new Row<>(row.map(set, context), set.getString("id"), set.getString("place")))
            .list();
    boolean more = rows.size() > wanted.limit();
    List<Row<T>> shown = more ? rows.subList(0, wanted.limit()) : rows;
    return new Page<>(
        shown.stream().map(Row::item).toList(),
        more
            ? new Place(wanted.order(), shown.getLast().value(), shown.getLast().id()).text()
            : null);
  }

  long count(Handle handle, dev.waybill.server.catalog.Query wanted, String where, List<?> given) {
    return chosen(wanted, where, given)
        .in(handle, "SELECT count(*)" + from, "")
        .mapTo(Long.class)
        .one();
  }

  private Clauses chosen(dev.waybill.server.catalog.Query wanted, String where, List<?> given) {
    var clauses = new Clauses(new StringBuilder(" WHERE " + where), new ArrayList<>(given));
    for (var condition : wanted.conditions()) {
      Field field = field(condition.field());
      switch (condition.comparison()) {
        case LIKE ->
            clauses.add(
                " AND lower(" + field.sql() + ") LIKE ? ESCAPE '!'",
                "%"
                    + condition.value().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1")
                    + "%");
        case EQUAL -> clauses.add(" AND " + field.sql() + " = ?", value(condition, field));
        case NOT_EQUAL -> clauses.add(" AND " + field.sql() + " <> ?", value(condition, field));
        case LESS, AT_MOST, MORE, AT_LEAST ->
            clauses.add(
                " AND " + field.sql() + " " + condition.comparison().sign() + " ?",
                value(condition, field));
      }
    }
    return clauses;
  }

  private Field field(String name) {
    Field field = fields.get(name);
    if (field == null) {
      throw new UserException(
          "The list of "
              + what
              + " has no field '"
              + name
              + "'; it has "
              + String.join(", ", fields.keySet().stream().sorted().toList())
              + ".");
    }
    return field;
  }

  private static Object value(dev.waybill.server.catalog.Query.Condition condition, Field field) {
    String value = condition.value();
    return switch (field.kind()) {
      case TEXT -> value;
      case TIME -> {
        try {
          yield value.matches("[0-9]{1,18}")
              ? Long.parseLong(value)
              : Instant.parse(value).toEpochMilli();
        } catch (DateTimeException e) {
          throw new UserException(
              condition.field()
                  + " takes milliseconds since 1970, or a time as in 2026-11-21T08:00:00Z, not '"
                  + value
                  + "'.",
              e);
        }
      }
    };
  }

  /// Behind which row a part begins. The client gets it as a text without meaning.
  private record Place(String order, String value, String id) {

    String text() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(String.join("\n", order, id, value).getBytes(StandardCharsets.UTF_8));
    }

    static Place read(String text, String order, String what) {
      try {
        String[] parts =
            new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", 3);
        if (parts.length == 3 && parts[0].equals(order)) {
          return new Place(parts[0], parts[2], parts[1]);
        }
      } catch (IllegalArgumentException e) {
        // Said below.
      }
      throw new UserException(
          "This continuation token was not given out for the list of "
              + what
              + " in this order; begin at the first page.");
    }

    long number() {
      return Long.parseLong(value);
    }
  }

  static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : (Long) time.toEpochMilli();
  }
}
