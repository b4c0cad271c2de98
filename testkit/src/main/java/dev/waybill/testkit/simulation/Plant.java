package dev.waybill.testkit.simulation;

/// A fault that can be planted into a simulated run, to see that the simulation notices.
public enum Plant {
  /// None: the program as it is.
  NONE,
  /// Calls are made that the ledger was not told of.
  FORGET_INTENT,
  /// Calls are made before the ledger is durable.
  CALL_BEFORE_COMMIT,
  /// Settlements do not reach the ledger.
  FORGET_SETTLEMENT,
  /// The ledger is told that a doubtful batch left no doubt.
  CONCLUDE_DOUBT,
  /// Deferred items are taken for delivered.
  DROP_DEFERRED,
  /// A doubtful call is taken for one that failed for certain.
  TRUST_DOUBT,
  /// A failed call is taken for a successful one.
  TRUST_FAILURE,
  /// A refused batch is rejected whole.
  REJECT_WHOLE_BATCH,
  /// `Retry-After` is not heeded.
  IGNORE_RETRY_AFTER,
  /// Calls are made at twice the configured rate.
  IGNORE_RATE,
  /// One call more than allowed is under way.
  ONE_CALL_TOO_MANY,
  /// Items of one key are sent in any order.
  IGNORE_ORDER,
  /// Files are not cut back to what the ledger says after a crash.
  KEEP_FILE_TAIL,
  /// A resumed run starts reading one record too late.
  SKIP_A_RECORD,
  /// A resumed run numbers its batches from 1 again.
  REUSE_NUMBERS,
  /// Failed calls are repeated more often than allowed.
  ONE_ATTEMPT_TOO_MANY
}
