package dev.waybill.ledger;

import dev.waybill.Reason;
import dev.waybill.Span;

/// Items that were never sent, because the run was ended before their turn: unprocessed, all for
/// one reason.
public record UnsentItems(Span span, Reason reason) {}
