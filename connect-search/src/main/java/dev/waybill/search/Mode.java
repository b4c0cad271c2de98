package dev.waybill.search;

/// What is done with a document.
enum Mode {
  /// It is made; one with its id that is there already makes it a duplicate. (`create`)
  INSERT,
  /// It takes the place of the one with its id. (`index`, or `update` with `doc_as_upsert`)
  UPSERT,
  /// The one with its id is changed; there must be one. (`update`)
  UPDATE,
  /// The one with its id goes. (`delete`)
  DELETE;

  /// Whether a repeat does no harm.
  boolean isIdempotent() {
    return this != INSERT;
  }
}
