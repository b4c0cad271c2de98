package dev.waybill.server.page.view;

/// The list of flows.
///
/// @param moving whether a run of one of them is not over
public record FlowsView(Listing<FlowCard> flows, boolean moving) {}
