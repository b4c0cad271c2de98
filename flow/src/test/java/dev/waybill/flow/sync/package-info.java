/// Tests of keyed flows, and their simulation.
@NullMarked
package dev.waybill.flow.sync;

import org.jspecify.annotations.NullMarked;
