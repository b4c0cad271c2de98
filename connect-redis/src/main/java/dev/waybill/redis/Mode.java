package dev.waybill.redis;

/// Which records are written, by whether their key is there.
enum Mode {
  /// Those that are not there.
  INSERT,
  /// All.
  UPSERT,
  /// Those that are there.
  UPDATE
}
