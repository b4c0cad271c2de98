package dev.waybill.server.access;

import dev.waybill.server.catalog.Page;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who did what, and when. Safe for use by many threads and processes.
public interface AuditLog {

  /// What was done in an organisation, the latest first.
  ///
  /// @param limit at least 1
  /// @param after the [Page#next] of the part before; null for the first
  Page<Entry> entries(String organisation, int limit, @Nullable String after);

  /// Something that somebody did, or tried.
  ///
  /// @param by a token's name or a JWT's subject
  /// @param sandbox empty if it was in none
  /// @param client the `x-api-key`; `page` for the page, `command` for the command line
  /// @param address from where; empty if that is not known
  /// @param action what: `flow.create`, `run.retrigger`, `token.create`
  /// @param target the thing's id; empty if there is none
  /// @param outcome `done`, or why not
  record Entry(
      Instant at,
      String by,
      String organisation,
      String sandbox,
      String client,
      String address,
      String action,
      String target,
      String outcome) {}
}
