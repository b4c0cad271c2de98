package dev.waybill.run;

import dev.waybill.spi.Lag;
import java.time.Duration;

/// How a live run stands beside its counts.
///
/// @param lag what its source has and has not handed over yet
/// @param held records that were handed over and have not come to their end
/// @param oldest how long the one of them that is here longest has been; zero if there is none
public record LiveStanding(Lag lag, long held, Duration oldest) {}
