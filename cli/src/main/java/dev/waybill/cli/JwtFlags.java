package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.server.access.JwtSettings;
import dev.waybill.server.access.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whose JWTs are believed, besides the service's own tokens.
final class JwtFlags {

  @Option(
      names = "--jwt-issuer",
      paramLabel = "ISSUER",
      description = "Believe JWTs of this issuer (iss).")
  private @Nullable String issuer;

  @Option(
      names = "--jwt-audience",
      paramLabel = "AUDIENCE",
      description = "What they must be meant for (aud).")
  private @Nullable String audience;

  @Option(
      names = "--jwt-keys",
      paramLabel = "URL|FILE",
      description = "Where the issuer's public keys are (JWKS).")
  private @Nullable String keys;

  @Option(
      names = "--jwt-algorithms",
      paramLabel = "LIST",
      split = ",",
      description = "How they may be signed (default RS256,PS256,ES256,EdDSA).")
  private List<String> algorithms = new ArrayList<>();

  @Option(
      names = "--jwt-skew",
      paramLabel = "TIME",
      description = "How far the issuer's clock and ours may be apart (default 1m).")
  private @Nullable String skew;

  @Option(
      names = "--jwt-organisation",
      paramLabel = "NAME",
      description = "The organisation of all who come with one, instead of a claim.")
  private @Nullable String organisation;

  @Option(
      names = "--jwt-organisation-claim",
      paramLabel = "CLAIM",
      description = "The claim that tells the organisation (default organisation).")
  private @Nullable String organisationClaim;

  @Option(
      names = "--jwt-sandboxes-claim",
      paramLabel = "CLAIM",
      description = "The claim that lists sandboxes, * for all (default: all for everybody).")
  private @Nullable String sandboxesClaim;

  @Option(
      names = "--jwt-role-claim",
      paramLabel = "CLAIM",
      description = "The claim that tells roles, as realm_access.roles (default role).")
  private @Nullable String roleClaim;

  @Option(
      names = "--jwt-role",
      paramLabel = "THEIRS=ROLE",
      description = "What a role of theirs is here: crm-admins=admin. Several by repeating.")
  private Map<String, String> roles = new LinkedHashMap<>();

  /// Null if no issuer is named.
  ///
  /// @throws UserException if others are named, or one can not be so
  @Nullable JwtSettings settings() {
    if (issuer == null) {
      if (audience != null || keys != null) {
        throw new UserException("--jwt-audience and --jwt-keys need --jwt-issuer.");
      }
      return null;
    }
    JwtSettings usual =
        JwtSettings.of(issuer, audience == null ? "" : audience, keys == null ? "" : keys);
    var known = new LinkedHashMap<String, Role>();
    roles.forEach((theirs, role) -> known.put(theirs, TokenCreateCommand.role(role)));
    return new JwtSettings(
        usual.issuer(),
        usual.audience(),
        usual.keys(),
        algorithms.isEmpty() ? usual.algorithms() : Set.copyOf(algorithms),
        skew == null ? usual.skew() : time(skew),
        organisation,
        organisationClaim == null ? usual.organisationClaim() : organisationClaim,
        sandboxesClaim,
        roleClaim == null ? usual.roleClaim() : roleClaim,
        known);
  }

  private static Duration time(String text) {
    return CommandTime.of("--jwt-skew", text);
  }
}
