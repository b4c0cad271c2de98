package dev.waybill.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run as the ledger knows it now.
///
/// @param header what was known before it began
/// @param status how it stands
/// @param counts what became of its items
/// @param holder the process that works on it, or did when it broke off; null if it was left in
///   good order
/// @param finishedAt when it ended; null if it did not
/// @param reason why it was given up; null if it was not
/// @param report the report as it was handed over at the end; null before that
public record RunRecord(
    RunHeader header,
    RunStatus status,
    RunCounts counts,
    @Nullable Holder holder,
    @Nullable Instant finishedAt,
    @Nullable String reason,
    @Nullable String report) {

  public String id() {
    return header.id();
  }
}
