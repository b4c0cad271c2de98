package dev.waybill.server.catalog;

/// An isolated environment of an organisation. Everything but sandboxes themselves belongs to one,
/// and nothing can be reached without naming it.
///
/// @param organisation the organisation's id
/// @param sandbox the sandbox's name
public record Tenant(String organisation, String sandbox) {}
