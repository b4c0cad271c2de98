/// Tests of the simulated destination.
@NullMarked
package dev.waybill.sim;

import org.jspecify.annotations.NullMarked;
