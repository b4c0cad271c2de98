package dev.waybill.ledger;

import dev.waybill.spi.Recovery;
import java.util.Map;

/// A run that was taken up again.
///
/// @param header what was known before it began
/// @param recovery how far it came
/// @param lengths how far its files are known to have been written, by name: what stands behind
///   that is to be cut off
/// @param journal its account, to be kept up from here on
public record Resumed<T>(
    RunHeader header, Recovery recovery, Map<String, Long> lengths, RunJournal<T> journal) {}
