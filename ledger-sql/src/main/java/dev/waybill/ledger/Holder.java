package dev.waybill.ledger;

import java.time.Instant;

/// A process that works on a run.
///
/// @param host the name of its machine
/// @param pid its process id there
/// @param since when it took the run up
/// @param heartbeat when it last said that it lives
public record Holder(String host, long pid, Instant since, Instant heartbeat) {}
