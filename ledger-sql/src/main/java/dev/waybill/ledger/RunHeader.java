package dev.waybill.ledger;

import dev.waybill.spi.SourceIdentity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a run before it begins.
///
/// @param id never the same for two runs; `Run.newName()` makes one
/// @param parent the run of which this is a retry; null if it is none
/// @param flow the flow's name
/// @param startedAt when it began
/// @param identity what the source consisted of
/// @param source the source, in words for people
/// @param destination the destination's address; passwords and the like in it are masked before it
///   is written down
/// @param policy the policy, in words for people
/// @param job the settings by which the run can be made again; kept as it is, so it must hold no
///   secrets
/// @param keyColumns the columns that make an item's key, in order
public record RunHeader(
    String id,
    @Nullable String parent,
    String flow,
    Instant startedAt,
    SourceIdentity identity,
    String source,
    String destination,
    String policy,
    String job,
    List<String> keyColumns) {}
