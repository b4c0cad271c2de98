package dev.waybill.server.rest;

import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers a list: `property`, `limit`, `orderby`, `continuationToken` and `count`.
///
/// What the catalog can filter by, it does; other conditions are held against each thing as it is
/// shown, so that every member can be filtered by, as in the API that we equal.
final class Listing<T> {

  /// The parameters that every list has.
  static final String[] PARAMETERS = {"property", "limit", "orderby", "continuationToken", "count"};

  private static final int USUAL_LIMIT = 20;

  /// How many things a page has at the most.
  static final int MOST = 100;

  /// How many things are looked at for one page where the catalog can not filter; the page may be
  /// short then, or empty, and is gone on with.
  private static final int MOST_LOOKED_AT = 5_000;

  private final Shelf<T> shelf;
  private final String path;
  private final Cursor cursor;
  private final List<Condition> left = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private Query query;

  private Listing(Shelf<T> shelf, String path, Cursor cursor) {
    this.shelf = shelf;
    this.path = path;
    this.cursor = cursor;
    this.query = new Query(List.of(), order(), cursor.limit(), cursor.after());
    for (String property : cursor.properties()) {
      List<Condition> conditions = Condition.parse(property);
      if (conditions.isEmpty()) {
        shown.addAll(List.of(property.split(",", -1)));
      }
      conditions.forEach(this::add);
    }
  }

  /// The limit of a request, within its bounds.
  static int limit(Call call) {
    return (int)
        Math.min(
            MOST,
            call.number("limit")
                .map(
                    limit -> {
                      if (limit == 0) {
                        throw ApiProblem.badValue("0", "limit", "a whole number from 1 on");
                      }
                      return limit;
                    })
                .orElse((long) USUAL_LIMIT));
  }

  /// @param path the list's own, for the link to the next page
  /// @param fixed a filter that the path stands for; null for none
  static <T> Answer answer(Call call, Shelf<T> shelf, String path, @Nullable String fixed) {
    var properties = new ArrayList<>(call.queryAll("property"));
    if (fixed != null) {
      properties.add(fixed);
    }
    String order = call.query("orderby").map(String::strip).orElse("-createdAt");
    Cursor cursor =
        call.query("continuationToken")
            .filter(token -> !token.isEmpty())
            .map(Cursor::of)
            .map(
                read ->
                    call.query("limit").isPresent()
                        ? new Cursor(read.properties(), read.order(), limit(call), read.after())
                        : read)
            .orElseGet(() -> new Cursor(List.copyOf(properties), order, limit(call), null));
    var listing = new Listing<>(shelf, path, cursor);
    boolean counted = call.flag("count");
    if (counted && call.query("limit").isEmpty() && cursor.after() == null) {
      return Answer.ok(JsonObject.empty().put("count", listing.count()));
    }
    JsonObject body = listing.page();
    return Answer.ok(counted ? body.put("count", listing.count()) : body);
  }

  private String order() {
    String order = cursor.order();
    String sign = order.startsWith("-") ? "-" : "";
    String name = order.startsWith("-") || order.startsWith("+") ? order.substring(1) : order;
    String field = shelf.field(name);
    if (!shelf.has(field)) {
      throw ApiProblem.badOrder(name);
    }
    return sign + field;
  }

  private void add(Condition given) {
    Condition condition = given.on(shelf.field(given.path()));
    if (shelf.has(condition.path())) {
      var values =
          condition.values().stream().map(value -> shelf.value(condition.path(), value)).toList();
      if (values.size() == 1) {
        query = query.where(condition.path(), condition.comparison(), values.getFirst());
        return;
      }
    }
    left.add(condition);
  }

  private JsonObject page() {
    var items = new ArrayList<Map<String, @Nullable Object>>();
    String after = cursor.after();
    String next = null;
    int lookedAt = 0;
    do {
      Query part = at(after, left.isEmpty() ? cursor.limit() : MOST);
      Page<T> page = shelf.page(part);
      next = page.next();
      for (int i = 0; i < page.items().size(); i++) {
        JsonObject form = shelf.form(page.items().get(i));
        if (left.stream().allMatch(condition -> condition.holds(form))) {
          items.add(shown(form));
          if (items.size() == cursor.limit() && i + 1 < page.items().size()) {
            // The page goes on: ask for just so much of it, to be told where that ends.
            next = shelf.page(at(after, i + 1)).next();
            break;
          }
        }
      }
      lookedAt += page.items().size();
      after = next;
    } while (next != null && items.size() < cursor.limit() && lookedAt < MOST_LOOKED_AT);
    var body = JsonObject.empty().put("items", items);
    return body.put("_links", links(next));
  }

  private JsonObject links(@Nullable String next) {
    return next == null
        ? JsonObject.empty()
        : JsonObject.empty()
            .put(
                "next",
                JsonObject.empty()
                    .put("href", path + "?continuationToken=" + cursor.goingOnAt(next).token()));
  }

  private Map<String, @Nullable Object> shown(JsonObject form) {
    if (!shown.isEmpty()) {
      form.members().keySet().retainAll(Set.copyOf(shown));
    }
    return form.members();
  }

  private long count() {
    if (left.isEmpty()) {
      return shelf.count(at(null, 1));
    }
    long count = 0;
    String after = null;
    do {
      Page<T> page = shelf.page(at(after, MOST));
      count +=
          page.items().stream()
              .map(shelf::form)
              .filter(form -> left.stream().allMatch(condition -> condition.holds(form)))
              .count();
      after = page.next();
    } while (after != null);
    return count;
  }

  private Query at(@Nullable String after, int limit) {
    return new Query(query.conditions(), query.order(), limit, after);
  }

  /// A list that the catalog pages by itself, without filters of ours.
  static Answer plain(Page<JsonObject> page, String path, String parameters) {
    String next = page.next();
    return Answer.ok(
        JsonObject.empty()
            .put("items", page.items().stream().map(JsonObject::members).toList())
            .put(
                "_links",
                next == null
                    ? JsonObject.empty()
                    : JsonObject.empty()
                        .put(
                            "next",
                            JsonObject.empty()
                                .put("href", path + "?continuationToken=" + next + parameters))));
  }
}
