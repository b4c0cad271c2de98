package dev.waybill.server.catalog;

import java.time.Duration;

/// The counts of a run at a moment of it.
///
/// @param at since the run was taken up for the first time
/// @param throttled how long the destination was not to be called, in all, until then
/// @param inFlight calls under way
public record Sample(
    Duration at,
    long delivered,
    long rejected,
    long unknown,
    long unprocessed,
    long calls,
    Duration throttled,
    int inFlight) {}
