/// Traces against a collector that keeps what it gets.
@NullMarked
package dev.waybill.server.trace;

import org.jspecify.annotations.NullMarked;
