/// The delivery engine and its policies: what to send next, when, and what became of each item.
///
/// A deterministic state machine, [dev.waybill.delivery.Engine]. Nothing here owns a thread, a
/// clock, a socket or a source of randomness: time is handed in as nanoseconds on any scale that
/// does not run backwards, randomness as a generator. May use the words and `spi`, nothing else.
@NullMarked
package dev.waybill.delivery;

import org.jspecify.annotations.NullMarked;
