package dev.waybill.run;

import dev.waybill.delivery.Standing;
import dev.waybill.delivery.Tally;
import java.time.Duration;

/// How far a run has come.
///
/// @param tally the counts
/// @param standing what goes on right now
/// @param elapsed since the run began
public record Progress(Tally tally, Standing standing, Duration elapsed) {}
