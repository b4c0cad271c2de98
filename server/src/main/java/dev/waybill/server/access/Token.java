package dev.waybill.server.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A token of the service's own, without what is secret of it.
///
/// @param id the open beginning of the token: `wb_7fYq2LxTn0Rk`
/// @param expiresAt null if it has no end
/// @param withdrawnAt null if it was not withdrawn
/// @param usedAt when it was used last, to the minute; null if it was not yet
public record Token(
    String id,
    String name,
    String organisation,
    Set<String> sandboxes,
    Role role,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant withdrawnAt,
    @Nullable Instant usedAt) {

  public Token {
    sandboxes = Set.copyOf(sandboxes);
  }

  /// Whether it opens anything at this time.
  public boolean isGood(Instant now) {
    return withdrawnAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  Caller caller(String client) {
    return new Caller(name, organisation, sandboxes, role, client);
  }
}
