package dev.waybill.server.page.view;

/// The runs of all flows.
///
/// @param state `success`, `failed`, `running`, or empty for all
public record RunsView(Listing<RunLine> runs, String state, boolean moving) {}
