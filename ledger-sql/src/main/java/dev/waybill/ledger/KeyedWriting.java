package dev.waybill.ledger;

/// The state of a flow's keys on its way into the ledger, with the journal of the run that changes
/// it.
public interface KeyedWriting {

  /// From now on what is sent is to be deleted.
  void deletes();
}
