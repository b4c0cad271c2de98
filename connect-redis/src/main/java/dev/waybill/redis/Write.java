package dev.waybill.redis;

/// What is left of the hash that was there.
enum Write {
  /// The fields that the record does not have.
  MERGE,
  /// Nothing.
  REPLACE
}
