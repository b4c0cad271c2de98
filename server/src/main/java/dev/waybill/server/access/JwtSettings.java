package dev.waybill.server.access;

import dev.waybill.UserException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whose JWTs are believed (RFC 7519), and what their claims mean.
///
/// A claim is named as it stands in the token, or by the way to it: `realm_access.roles`.
///
/// @param issuer the `iss` that they must have
/// @param audience one of the `aud` that they must have
/// @param keys where the issuer's public keys are (RFC 7517): an `https` address, or a file
/// @param algorithms by which they may be signed; none with a shared secret
/// @param skew how far its clock and ours may be apart
/// @param organisation the organisation of all who come so; null where a claim tells it
/// @param organisationClaim the claim that tells it otherwise
/// @param sandboxesClaim the claim that lists the sandboxes, `*` for all; null if all may reach all
/// @param roleClaim the claim that tells roles; the highest counts
/// @param roles what a role of theirs is with us; besides, `viewer`, `operator` and `admin` are
///   themselves
public record JwtSettings(
    String issuer,
    String audience,
    String keys,
    Set<String> algorithms,
    Duration skew,
    @Nullable String organisation,
    String organisationClaim,
    @Nullable String sandboxesClaim,
    String roleClaim,
    Map<String, Role> roles) {

  /// RFC 7518, section 3.1, and RFC 8037: those with a public key.
  private static final Set<String> KNOWN =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /// @throws UserException if something is missing or can not be so
  public JwtSettings {
    algorithms = Set.copyOf(algorithms);
    roles = Map.copyOf(roles);
    if (issuer.isBlank() || audience.isBlank() || keys.isBlank()) {
      throw new UserException(
          "JWTs need an issuer, an audience and the address or file of the issuer's keys:"
              + " --jwt-issuer, --jwt-audience, --jwt-keys.");
    }
    if (algorithms.isEmpty() || !KNOWN.containsAll(algorithms)) {
      throw new UserException(
          "--jwt-algorithms takes some of "
              + String.join(", ", new TreeSet<>(KNOWN))
              + ", not "
              + String.join(", ", new TreeSet<>(algorithms))
              + ".");
    }
    if (skew.isNegative() || skew.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new UserException("--jwt-skew takes a length of time up to 10m.");
    }
    address(keys);
  }

  /// Signed by RSA, ECDSA or EdDSA; clocks a minute apart; the claims `organisation` and `role`,
  /// and all sandboxes.
  public static JwtSettings of(String issuer, String audience, String keys) {
    return new JwtSettings(
        issuer,
        audience,
        keys,
        Set.of("RS256", "PS256", "ES256", "EdDSA"),
        Duration.ofMinutes(1),
        null,
        "organisation",
        null,
        "role",
        Map.of());
  }

  /// Where the keys are to be fetched; empty if they are in a file.
  Optional<URI> keysAddress() {
    return address(keys);
  }

  private static Optional<URI> address(String keys) {
    if (!keys.startsWith("https:") && !keys.startsWith("http:")) {
      return Optional.empty();
    }
    try {
      var uri = new URI(keys);
      if (uri.getHost() != null
          && (uri.getScheme().equals("https") || LOOPBACK.contains(uri.getHost()))) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new UserException(
        "--jwt-keys takes an https address or a file, not "
            + keys
            + ": whoever can change the keys on their way can be anybody here.");
  }
}
