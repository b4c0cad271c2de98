package dev.waybill.server.catalog;

/// How a flow's runs are judged and watched.
///
/// @param errorDiagnosticsEnabled whether reasons and examples are shown with a run
/// @param partialIngestionPercent the share of records that may stay undelivered before a run
///   counts as failed, from 0 to 100
/// @param pauseAfterFailure whether the flow is disabled once a run of it has failed, until
///   somebody enables it
public record FlowOptions(
    boolean errorDiagnosticsEnabled, double partialIngestionPercent, boolean pauseAfterFailure) {

  /// As where nothing is said: any undelivered record makes a run fail.
  public static final FlowOptions USUAL = new FlowOptions(true, 0, false);
}
