package dev.waybill.server.catalog;

/// A sandbox of an organisation.
///
/// @param id never the same for two
/// @param tenant organisation and name
/// @param usual whether it is taken where none is named
public record Sandbox(String id, Tenant tenant, boolean usual) {}
