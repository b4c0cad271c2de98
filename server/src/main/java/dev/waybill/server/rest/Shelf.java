package dev.waybill.server.rest;

import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Query;

/// Things of one kind that can be listed.
interface Shelf<T> {

  /// The catalog's field for a field of the API; the name itself if the catalog has none.
  String field(String name);

  /// Whether the catalog can filter and order by this field.
  boolean has(String field);

  /// A value as the catalog has it.
  ///
  /// @throws ApiProblem if the field can have no such value
  String value(String field, String value);

  Page<T> page(Query query);

  long count(Query query);

  /// A thing as the API shows it.
  JsonObject form(T thing);
}
