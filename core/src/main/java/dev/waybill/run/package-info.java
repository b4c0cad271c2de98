/// Runs the delivery engine: the threads, the clock, reading ahead, calls on virtual threads, and
/// what a person wants to know of it meanwhile and at the end.
///
/// May use everything below: the words, `spi` and `delivery`.
@NullMarked
package dev.waybill.run;

import org.jspecify.annotations.NullMarked;
