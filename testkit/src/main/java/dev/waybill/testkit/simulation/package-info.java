/// The simulation: whole runs, crashes included, in virtual time and on one thread. A seed decides
/// sizes, faults, delays and crashes; after each run the account is held against what really
/// happened.
@NullMarked
package dev.waybill.testkit.simulation;

import org.jspecify.annotations.NullMarked;
