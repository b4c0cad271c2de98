package dev.waybill.ledger;

/// A run, as people name it and as the tables do.
record RunKey(String id, long number) {}
