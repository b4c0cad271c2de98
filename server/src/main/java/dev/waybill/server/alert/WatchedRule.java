package dev.waybill.server.alert;

import dev.waybill.server.catalog.Tenant;
import java.time.Instant;

/// A rule with all that is known of it.
///
/// @param createdAt before which nothing counts
/// @param seenAt the end of the last run that was looked at
/// @param seenRun that run's id; empty if there was none yet
record WatchedRule(
    Tenant tenant,
    String flow,
    AlertRule rule,
    Instant createdAt,
    Standing standing,
    Instant seenAt,
    String seenRun,
    long version) {}
