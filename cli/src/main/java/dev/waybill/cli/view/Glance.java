package dev.waybill.cli.view;

import dev.waybill.run.Progress;

/// What the progress line is made of, at a moment.
///
/// @param input what is loaded
/// @param progress how far the run has come
/// @param share how much of it is done, from 0 to 1; NaN if nobody knows
/// @param perSecond records that lately came to an end, a second
/// @param callsPerSecond the fixed rate of calls; 0 if there is none
/// @param ending whether the run was told to stop
public record Glance(
    String input,
    Progress progress,
    double share,
    double perSecond,
    double callsPerSecond,
    Ending ending) {

  /// Whether the run was told to stop.
  public enum Ending {
    NO,
    STOPPING,
    ABANDONING
  }
}
