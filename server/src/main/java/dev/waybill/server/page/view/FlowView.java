package dev.waybill.server.page.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A flow's own page.
///
/// @param complaint what is wrong with its file of the flows' folder, so that it stays as it was;
///   null if nothing is
/// @param settings what its job says, by part
/// @param reasons why its records fail, or failed; empty also where the flow wants none shown
/// @param alerts null where the service has none
/// @param job the whole job as YAML, without passwords
public record FlowView(
    FlowCard card,
    @Nullable String complaint,
    String judged,
    List<Part> settings,
    String job,
    Listing<RunLine> runs,
    List<FlowReasonRow> reasons,
    Moment changed,
    String changedBy,
    @Nullable AlertsView alerts) {

  /// A part of the job.
  public record Part(String name, List<Setting> settings) {}

  /// A setting of it.
  public record Setting(String name, String value) {}
}
