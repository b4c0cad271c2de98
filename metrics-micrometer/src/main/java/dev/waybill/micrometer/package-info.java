/// A [dev.waybill.run.Dispatcher]'s counts as Micrometer meters. Nothing else in Waybill knows
/// Micrometer.
@NullMarked
package dev.waybill.micrometer;

import org.jspecify.annotations.NullMarked;
