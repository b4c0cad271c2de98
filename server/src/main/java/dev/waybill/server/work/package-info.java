/// Makes runs happen: the queue, the runner, schedules, recovery after a crash; and reads what
/// became of runs for the rooms above.
///
/// Knows nothing of HTTP.
@NullMarked
package dev.waybill.server.work;

import org.jspecify.annotations.NullMarked;
