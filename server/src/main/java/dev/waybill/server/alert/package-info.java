/// Tells people of runs that failed and of thresholds that were passed.
@NullMarked
package dev.waybill.server.alert;

import org.jspecify.annotations.NullMarked;
