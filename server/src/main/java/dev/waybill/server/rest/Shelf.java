package dev.waybill.server.rest;

import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Query;

/// Things of one kind that can be listed.
interface Shelf<T> {

  /// The catalog's field for a field of the API; the name itself if the catalog has none.
  default String field(String name) {
    return name;
  }

  /// Whether the catalog can filter and order by this field.
  boolean has(String field);

  /// A value as the catalog has it.
  ///
  /// @throws ApiProblem if the field can have no such value
  default String value(String field, String value) {
    return value;
  }

  Page<T> page(Query query);

  /// How many there are, counted by paging where the catalog can not count them.
  default long count(Query query) {
    long count = 0;
    String after = null;
    do {
      Page<T> page = page(new Query(query.conditions(), query.order(), Listing.MOST, after));
      count += page.items().size();
      after = page.next();
    } while (after != null);
    return count;
  }

  /// A thing as the API shows it.
  JsonObject form(T thing);
}
