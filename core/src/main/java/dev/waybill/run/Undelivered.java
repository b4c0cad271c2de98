package dev.waybill.run;

import dev.waybill.Disposition;
import dev.waybill.Reason;

/// A payload that a [Dispatcher] could not deliver, handed back.
///
/// @param payload the very object that was submitted
/// @param disposition [Disposition#UNPROCESSED] (certainly not there: send it again as you like),
///   [Disposition#UNKNOWN] (it may be there) or [Disposition#REJECTED] (the destination does not
///   want it)
/// @param reason why
/// @param attempts in how many calls it was sent
public record Undelivered<T>(T payload, Disposition disposition, Reason reason, int attempts) {

  /// So many are kept for [Dispatcher#flush]; when there are more, nothing is submitted any more.
  public static final int MOST = 1_000_000;
}
