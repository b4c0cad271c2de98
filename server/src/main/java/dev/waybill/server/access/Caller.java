package dev.waybill.server.access;

import java.util.Set;

/// Who makes a request.
///
/// @param name for `createdBy` and the audit log: a token's name or a JWT's subject
/// @param organisation the one organisation that they belong to
/// @param sandboxes those that they may reach, by name; empty for all
/// @param client the `x-api-key` that they gave; `page` for the page
public record Caller(
    String name, String organisation, Set<String> sandboxes, Role role, String client) {

  public Caller {
    sandboxes = Set.copyOf(sandboxes);
  }

  /// Whether they may reach this sandbox of their organisation.
  public boolean reaches(String sandbox) {
    return sandboxes.isEmpty() || sandboxes.contains(sandbox);
  }
}
