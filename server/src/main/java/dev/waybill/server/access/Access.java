package dev.waybill.server.access;

import java.util.Optional;

/// Decides who calls. Safe for use by many threads.
public interface Access {

  /// The one to whom this token was given, of the service's own or a JWT of the configured issuer.
  ///
  /// @param bearer what stood behind `Bearer`
  /// @param client the `x-api-key`
  /// @return empty if it is none, was withdrawn, or is over
  Optional<Caller> byToken(String bearer, String client);

  /// Writes into the audit log that somebody did something, or tried. Never fails: what can not be
  /// written goes to the service's log.
  ///
  /// @param caller with [Caller#from], so that their address is noted too
  /// @param action what: `flow.create`, `run.retrigger`, `token.create`
  /// @param target the thing's id; empty if there is none
  /// @param outcome `done`, or why not
  void record(Caller caller, String sandbox, String action, String target, String outcome);
}
