package dev.waybill.search;

/// What an upsert leaves of the document that was there.
enum Write {
  /// Nothing: the record is the whole document.
  REPLACE,
  /// The fields that the record does not have.
  MERGE
}
