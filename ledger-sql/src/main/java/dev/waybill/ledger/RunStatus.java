package dev.waybill.ledger;

/// How a run stands.
public enum RunStatus {
  /// A process works on it.
  RUNNING,
  /// It did not come to its end, and nobody works on it: it can be resumed.
  INTERRUPTED,
  /// It came to its end, and every record with it.
  FINISHED,
  /// It was ended before its time, or counts as failed; what it did not send can be sent by a
  /// retry.
  GIVEN_UP
}
