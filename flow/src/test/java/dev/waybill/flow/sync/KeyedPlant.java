package dev.waybill.flow.sync;

/// A fault that can be planted into a simulated keyed flow, to see that the simulation notices.
enum KeyedPlant {
  /// None: the program as it is.
  NONE,
  /// Keys do not stand open while they are in a call.
  FORGET_OPEN,
  /// A doubtful call is taken for one that worked.
  TRUST_DOUBT,
  /// What was accepted does not reach the state.
  FORGET_ACCEPTED,
  /// A rejected record counts as accepted.
  ACCEPT_REJECTED,
  /// Unchanged records are sent too.
  SEND_ALL,
  /// What left the source is not deleted.
  SKIP_DELETES,
  /// Of several records with one key the wrong one is sent.
  WRONG_DUPLICATE
}
