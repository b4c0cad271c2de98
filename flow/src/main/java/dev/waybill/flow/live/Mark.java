package dev.waybill.flow.live;

/// What an item carries beside its payload on its way through the engine.
enum Mark {
  /// The record with this key is to be taken away.
  DELETION
}
