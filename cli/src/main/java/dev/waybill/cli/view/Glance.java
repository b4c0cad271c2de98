package dev.waybill.cli.view;

import dev.waybill.run.LiveStanding;
import dev.waybill.run.Progress;
import org.jspecify.annotations.Nullable;

/// What the progress line is made of, at a moment.
///
/// @param input what is loaded
/// @param progress how far the run has come
/// @param share how much of it is done, from 0 to 1; NaN if nobody knows
/// @param perSecond records that lately came to an end, a second
/// @param callsPerSecond the fixed rate of calls; 0 if there is none
/// @param ending whether the run was told to stop
/// @param live how a live run stands towards its source; null of others
public record Glance(
    String input,
    Progress progress,
    double share,
    double perSecond,
    double callsPerSecond,
    Ending ending,
    @Nullable LiveStanding live) {

  /// The moment of a run that is not live.
  public Glance(
      String input,
      Progress progress,
      double share,
      double perSecond,
      double callsPerSecond,
      Ending ending) {
    this(input, progress, share, perSecond, callsPerSecond, ending, null);
  }

  /// Whether the run was told to stop.
  public enum Ending {
    NO,
    STOPPING,
    ABANDONING
  }
}
