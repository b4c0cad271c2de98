package dev.waybill.ledger;

import java.util.List;

/// The runs that a run is kin to.
///
/// @param ancestors the run of which it is a retry, that one's, and so on up to the first
/// @param retries those that are retries of it, the oldest first
public record Lineage(List<RunRecord> ancestors, List<RunRecord> retries) {}
