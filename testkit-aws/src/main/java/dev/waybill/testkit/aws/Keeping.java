package dev.waybill.testkit.aws;

/// What a fake remembers.
enum Keeping {
  ITEMS,
  /// For benchmarks of many millions of items.
  COUNTS
}
