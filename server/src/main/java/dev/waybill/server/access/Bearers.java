package dev.waybill.server.access;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Knows whom a token stands for, of either kind.
///
/// @param jwts null if no issuer is configured
record Bearers(SqlTokens tokens, @Nullable JwtVerifier jwts) {

  /// Whom a token stands for.
  ///
  /// @param token the id of the service's own token; null for a JWT
  /// @param end when it is over; null for never
  record Bearer(Caller caller, @Nullable String token, @Nullable Instant end) {}

  Optional<Bearer> find(String text, String client) {
    if (text.startsWith(TokenText.PREFIX)) {
      return tokens
          .find(text)
          .map(token -> new Bearer(token.caller(client), token.id(), token.expiresAt()));
    }
    return jwts == null ? Optional.empty() : jwts.verify(text, client);
  }
}
