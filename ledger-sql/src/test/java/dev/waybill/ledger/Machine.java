package dev.waybill.ledger;

import java.util.HashSet;
import java.util.Set;

/// A machine whose processes end when a test says so.
final class Machine {

  private final String host;
  private final Set<Long> ended = new HashSet<>();

  Machine(String host) {
    this.host = host;
  }

  void kill(long pid) {
    ended.add(pid);
  }

  /// The table as the process with this id sees it.
  ProcessTable seenBy(long pid) {
    return new ProcessTable() {
      @Override
      public Identity self() {
        return new Identity(host, "", pid, Given.START.minusSeconds(pid));
      }

      @Override
      public boolean isGone(Identity process) {
        return process.host().equals(host) && ended.contains(process.pid());
      }
    };
  }
}
