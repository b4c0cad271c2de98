package dev.waybill.server.access;

/// What somebody may do; each may also do what those before it may.
public enum Role {
  /// Reads.
  VIEWER,
  /// Runs, triggers and cancels too.
  OPERATOR,
  /// Changes flows, connections, secrets and tokens too.
  ADMIN;

  /// Whether this one may do what needs that one.
  public boolean mayAs(Role needed) {
    return compareTo(needed) >= 0;
  }
}
