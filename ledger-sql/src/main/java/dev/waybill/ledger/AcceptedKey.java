package dev.waybill.ledger;

/// A key whose record the destination has.
///
/// @param fingerprint that of the record that it accepted last
/// @param key the key itself; empty where it was not asked for
/// @param run in which run of the flow, counted from 1
public record AcceptedKey(KeyHash hash, long fingerprint, String key, long run) {}
