package dev.waybill.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.waybill.UserException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Knows callers by JWTs of one issuer. Safe for use by many threads.
final class JwtVerifier {

  private static final System.Logger LOG = System.getLogger(JwtVerifier.class.getName());

  private static final int MOST_CHARACTERS = 16 << 10;

  /// Between two fetches of keys for the sake of a key that is not known.
  static final Duration KEYS_APART = Duration.ofSeconds(30);

  private final JwtSettings settings;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  JwtVerifier(JwtSettings settings, InstantSource clock) {
    this(settings, clock, keys(settings));
  }

  JwtVerifier(JwtSettings settings, InstantSource clock, JWKSource<SecurityContext> keys) {
    this.settings = settings;
    Set<JWSAlgorithm> algorithms = new LinkedHashSet<>();
    settings.algorithms().forEach(name -> algorithms.add(JWSAlgorithm.parse(name)));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    processor.setJWSTypeVerifier(
        // RFC 7519, section 5.1, and RFC 9068, section 2.1
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    var claims =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            settings.audience(),
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("sub", "exp")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    claims.setMaxClockSkew((int) settings.skew().toSeconds());
    processor.setJWTClaimsSetVerifier(claims);
  }

  private static JWKSource<SecurityContext> keys(JwtSettings settings) {
    return settings
        .keysAddress()
        .map(address -> JwtKeys.at(address, KEYS_APART))
        .orElseGet(() -> JwtKeys.in(Path.of(settings.keys())));
  }

  /// Whom a token stands for; empty if it is not to be believed, or tells no organisation or role
  /// that we know.
  Optional<Bearers.Bearer> verify(String text, String client) {
    if (text.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    try {
      return bearer(processor.process(text, null), client);
    } catch (ParseException | BadJOSEException | RateLimitReachedException e) {
      // The last one: signed by a key that was not there when keys were fetched a moment ago.
      return Optional.empty();
    } catch (JOSEException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "A JWT can not be looked at: {0}. Look whether {1} can be reached.",
          String.valueOf(e.getMessage()),
          settings.keys());
      return Optional.empty();
    }
  }

  private Optional<Bearers.Bearer> bearer(JWTClaimsSet claims, String client) {
    Map<String, Object> all = claims.getClaims();
    Optional<Role> role =
        words(all, settings.roleClaim())
            .flatMap(word -> role(word).stream())
            .max(Comparator.naturalOrder());
    Optional<String> organisation =
        settings.organisation() != null
            ? Optional.of(settings.organisation())
            : words(all, settings.organisationClaim()).findFirst();
    Optional<Set<String>> sandboxes = sandboxes(all);
    if (role.isEmpty() || organisation.isEmpty() || sandboxes.isEmpty()) {
      return Optional.empty();
    }
    try {
      // Held to the same rules as the service's own tokens.
      var grant =
          new Grant(claims.getSubject(), organisation.get(), sandboxes.get(), role.get(), null);
      return Optional.of(
          new Bearers.Bearer(
              new Caller(
                  grant.name(), grant.organisation(), grant.sandboxes(), grant.role(), client),
              null,
              claims.getExpirationTime().toInstant().plus(settings.skew())));
    } catch (UserException e) {
      return Optional.empty();
    }
  }

  private Optional<Role> role(String word) {
    Role mapped = settings.roles().get(word);
    return mapped != null
        ? Optional.of(mapped)
        : Stream.of(Role.values())
            .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(word))
            .findFirst();
  }

  /// Empty if the claim that should tell them does not: nobody gets all by saying nothing.
  private Optional<Set<String>> sandboxes(Map<String, Object> claims) {
    if (settings.sandboxesClaim() == null) {
      return Optional.of(Set.of());
    }
    List<String> names = words(claims, settings.sandboxesClaim()).toList();
    if (names.contains("*")) {
      return Optional.of(Set.of());
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(names));
  }

  /// A claim's texts: itself, or the members of its list.
  private static Stream<String> words(Map<String, Object> claims, String name) {
    return switch (find(claims, name)) {
      case String text when !text.isBlank() -> Stream.of(text);
      case List<?> list ->
          list.stream()
              .filter(String.class::isInstance)
              .map(String.class::cast)
              .filter(text -> !text.isBlank());
      case null, default -> Stream.of();
    };
  }

  private static @Nullable Object find(Map<?, ?> claims, String name) {
    Object itself = claims.get(name);
    int dot = name.indexOf('.');
    if (itself != null || dot < 0) {
      return itself;
    }
    return claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
        ? find(inner, name.substring(dot + 1))
        : null;
  }
}
