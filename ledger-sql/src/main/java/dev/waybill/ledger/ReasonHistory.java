package dev.waybill.ledger;

import dev.waybill.Disposition;
import dev.waybill.run.ReasonDigest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reasons that are alike, over time.
///
/// @param disposition how the items ended
/// @param code the destination's code, if it has one
/// @param pattern the message with its values left out, as [ReasonDigest] does it
/// @param count how many items; one counts as often as it met the reason
/// @param firstSeen when they were met first
/// @param lastSeen when they were met last
/// @param lastRun in which run that was; null where it is not known
/// @param examples some of the items that met them last
public record ReasonHistory(
    Disposition disposition,
    @Nullable String code,
    String pattern,
    long count,
    Instant firstSeen,
    Instant lastSeen,
    @Nullable String lastRun,
    List<ReasonDigest.Example> examples) {}
