/// Makes a run out of a job: finds the connectors, opens source, mapping and destination, and
/// conducts the run.
///
/// Knows no terminal; who looks on is told through `Launch`.
@NullMarked
package dev.waybill.flow.launch;

import org.jspecify.annotations.NullMarked;
