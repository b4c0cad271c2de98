package dev.waybill.flink;

/// What a sink does with a record that was not delivered: it has no stream to give it to.
public enum WhenUndelivered {
  /// The job fails, and says why the record was not delivered.
  FAIL,
  /// It is counted in the metrics, and no more.
  COUNT
}
