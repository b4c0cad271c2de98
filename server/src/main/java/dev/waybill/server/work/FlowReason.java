package dev.waybill.server.work;

import dev.waybill.ledger.ReasonHistory;

/// Why records of a flow fail, or failed.
///
/// @param history when that was met, over the flow's latest runs
/// @param now how many records fail for it as things stand: of a keyed flow those that were not
///   accepted when they were sent last, else those of the latest run that is over
public record FlowReason(ReasonHistory history, long now) {}
