package dev.waybill.ledger;

import dev.waybill.Disposition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which undelivered items to list, in the source's order.
///
/// @param dispositions how they ended
/// @param code the code of their reason; null for any
/// @param text what their reason's message contains, in whichever case; null for anything
/// @param after the ordinal behind which to begin; 0 for the first
/// @param limit how many at the most, at least 1
public record ItemQuery(
    Set<Disposition> dispositions,
    @Nullable String code,
    @Nullable String text,
    long after,
    int limit) {}
