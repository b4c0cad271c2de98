package dev.waybill.ledger;

/// A flow whose source is live, as the ledger knows it.
///
/// @param name never the same for two flows
/// @param source where its records come from, without secrets
/// @param destination where they go, without secrets
public record LiveFlow(String name, String source, String destination) {}
