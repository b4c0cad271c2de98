/// A simulated destination that throttles, fails and refuses by a seed, and keeps the ground truth:
/// [dev.waybill.sim.SimulatedService] is the pure model, [dev.waybill.sim.SimulatedDestination] and
/// [dev.waybill.sim.SimulatorServer] put it behind a method and behind HTTP.
///
/// Nothing in the model has a thread, a clock or a random source of its own.
@NullMarked
package dev.waybill.sim;

import org.jspecify.annotations.NullMarked;
