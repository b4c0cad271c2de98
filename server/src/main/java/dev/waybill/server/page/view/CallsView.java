package dev.waybill.server.page.view;

/// The calls that a run made.
///
/// @param failedOnly whether only those are shown that did not bring all records home
public record CallsView(RunLine run, String flow, boolean failedOnly, Listing<CallRow> calls) {}
