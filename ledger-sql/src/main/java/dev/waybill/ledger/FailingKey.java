package dev.waybill.ledger;

import dev.waybill.Reason;
import java.time.Instant;

/// A key whose record was not accepted when it was sent last.
///
/// @param operation what was to be done
/// @param doubt whether it may have been done
/// @param fingerprint that of the record that was sent; 0 if none could be made of it
/// @param reason why it was not accepted
/// @param firstAt since when it fails, without a success in between
/// @param lastAt when it failed last
/// @param lastRun in which run of the flow, counted from 1
/// @param failures in how many runs this very record has failed
public record FailingKey(
    KeyHash hash,
    String key,
    Operation operation,
    Doubt doubt,
    long fingerprint,
    Reason reason,
    Instant firstAt,
    Instant lastAt,
    long lastRun,
    int failures) {

  /// What was to be done with a record.
  public enum Operation {
    WRITE,
    DELETE
  }

  /// What is known of a record that was not accepted.
  public enum Doubt {
    /// It was certainly not applied.
    NONE,
    /// It may have been applied.
    MAY_BE_APPLIED
  }
}
