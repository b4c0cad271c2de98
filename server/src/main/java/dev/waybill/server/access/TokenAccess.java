package dev.waybill.server.access;

import java.util.Optional;

/// Knows callers by their tokens.
record TokenAccess(Bearers bearers, SqlAuditLog audit) implements Access {

  @Override
  public Optional<Caller> byToken(String bearer, String client) {
    return bearers.find(bearer, client).map(Bearers.Bearer::caller);
  }

  @Override
  public void record(Caller caller, String sandbox, String action, String target, String outcome) {
    audit.add(caller, sandbox, action, target, outcome);
  }
}
