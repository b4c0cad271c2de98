package dev.waybill.ledger;

import java.time.Instant;

/// What can be said of processes on this machine.
interface ProcessTable {

  /// A process, such that no other one was or will be equal to it.
  ///
  /// @param host the machine's name
  /// @param pidSpace what the process id counts in: containers on one machine number their
  ///   processes apart
  /// @param startedAt tells it from an earlier one with the same id
  record Identity(String host, String pidSpace, long pid, Instant startedAt) {}

  /// This process.
  Identity self();

  /// Whether it is certain that this process has ended; false for one that can not be seen from
  /// here.
  boolean isGone(Identity process);
}
