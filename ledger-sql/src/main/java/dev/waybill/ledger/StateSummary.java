package dev.waybill.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The state of a flow's keys in numbers.
///
/// @param runs how many runs it has had
/// @param lastRun the id of the newest; null if there was none
/// @param accepted keys whose records the destination has
/// @param rejected keys whose records it did not want when they were sent last
/// @param doubtful keys whose records it may have, or not
/// @param failingSince since when the oldest of the rejected ones fails; null if there is none
public record StateSummary(
    KeyedFlow flow,
    long runs,
    @Nullable String lastRun,
    long accepted,
    long rejected,
    long doubtful,
    @Nullable Instant failingSince) {}
