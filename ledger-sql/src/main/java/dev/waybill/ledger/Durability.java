package dev.waybill.ledger;

/// What a commit of the ledger outlives.
public enum Durability {
  /// The end of the process, `kill -9` included. After a loss of power the ledger is whole, but may
  /// have forgotten the last moments: records that were delivered in them are then sent again.
  PROCESS,
  /// A loss of power as well: every commit waits for the disk.
  POWER
}
