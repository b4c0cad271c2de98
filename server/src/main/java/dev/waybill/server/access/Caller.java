package dev.waybill.server.access;

import java.util.Set;

/// Who makes a request.
///
/// @param name for `createdBy` and the audit log: a token's name or a JWT's subject
/// @param organisation the one organisation that they belong to
/// @param sandboxes those that they may reach, by name; empty for all
/// @param client the `x-api-key` that they gave; `page` for the page
/// @param address from where they call, for the audit log; empty if that is not known
public record Caller(
    String name,
    String organisation,
    Set<String> sandboxes,
    Role role,
    String client,
    String address) {

  public Caller {
    sandboxes = Set.copyOf(sandboxes);
  }

  /// Somebody of whom it is not known from where they call.
  public Caller(String name, String organisation, Set<String> sandboxes, Role role, String client) {
    this(name, organisation, sandboxes, role, client, "");
  }

  /// The same, calling from this address.
  public Caller from(String where) {
    return new Caller(name, organisation, sandboxes, role, client, where);
  }

  /// Whether they may reach this sandbox of their organisation.
  public boolean reaches(String sandbox) {
    return sandboxes.isEmpty() || sandboxes.contains(sandbox);
  }
}
