package dev.waybill.ledger;

import java.util.List;

/// A flow with a primary key.
///
/// @param name names it in this ledger
/// @param destination where its records go, without secrets
/// @param key the fields that make up the key
public record KeyedFlow(String name, String destination, List<String> key) {}
