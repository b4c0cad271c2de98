package dev.waybill.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.waybill.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JwtTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir Path directory = Path.of("");

  private static ECKey key(String id) throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("https://login.example")
        .audience("waybill")
        .subject("ann@example.org")
        .expirationTime(Date.from(NOW.plusSeconds(300)))
        .claim("organisation", "acme")
        .claim("role", "operator");
  }

  private static String signed(ECKey key, UnaryOperator<JWTClaimsSet.Builder> change)
      throws JOSEException {
    return signed(key, JOSEObjectType.JWT, change);
  }

  private static String signed(
      ECKey key, JOSEObjectType type, UnaryOperator<JWTClaimsSet.Builder> change)
      throws JOSEException {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).type(type).build(),
            change.apply(claims()).build());
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  private Path file(ECKey... keys) throws IOException {
    return Files.writeString(
        directory.resolve("keys.json"), new JWKSet(List.of(keys)).toString(true));
  }

  private JwtVerifier verifier(ECKey... keys) throws IOException {
    return new JwtVerifier(settings(file(keys).toString()), () -> NOW);
  }

  private static JwtSettings settings(String keys) {
    return JwtSettings.of("https://login.example", "waybill", keys);
  }

  private static Optional<Caller> caller(JwtVerifier verifier, String token) {
    return verifier.verify(token, "client").map(Bearers.Bearer::caller);
  }

  @Test
  void claimsTellWhoCalls() throws Exception {
    ECKey key = key("k1");

    Bearers.Bearer bearer =
        verifier(key).verify(signed(key, claims -> claims), "client").orElseThrow();

    assertThat(bearer.caller())
        .isEqualTo(new Caller("ann@example.org", "acme", Set.of(), Role.OPERATOR, "client"));
    assertThat(bearer.end()).isEqualTo(NOW.plusSeconds(360));
    assertThat(caller(verifier(key), signed(key, new JOSEObjectType("at+jwt"), c -> c)))
        .isPresent();
  }

  @Test
  void jwtSignsInToThePageUntilItEnds() throws Exception {
    ECKey key = key("k1");
    String token = signed(key, claims -> claims);
    try (var desk = new Desk(directory, settings(file(key).toString()))) {

      assertThat(desk.room.access().byToken(token, "c")).isPresent();
      Session session = ((SignIn.Done) desk.room.sessions().signIn(token, "::1")).session();
      desk.pass(Duration.ofSeconds(359));
      assertThat(desk.room.sessions().find(session.cookie(), "::1")).isPresent();
      desk.pass(Duration.ofSeconds(1));
      assertThat(desk.room.sessions().find(session.cookie(), "::1")).isEmpty();
    }
  }

  @Test
  void whatDoesNotFitIsNotBelieved() throws Exception {
    ECKey key = key("k1");
    JwtVerifier verifier = verifier(key);
    Map<String, String> wrong =
        Map.of(
            "other issuer", signed(key, c -> c.issuer("https://evil.example")),
            "other audience", signed(key, c -> c.audience("billing")),
            "expired", signed(key, c -> c.expirationTime(Date.from(NOW.minusSeconds(61)))),
            "never expires", signed(key, c -> c.expirationTime(null)),
            "not yet", signed(key, c -> c.notBeforeTime(Date.from(NOW.plusSeconds(61)))),
            "nobody", signed(key, c -> c.subject(null)),
            "no role", signed(key, c -> c.claim("role", "janitor")),
            "no organisation", signed(key, c -> c.claim("organisation", null)),
            "bad organisation", signed(key, c -> c.claim("organisation", "../other")),
            "other key", signed(key("k1"), c -> c));

    wrong.forEach((why, token) -> assertThat(caller(verifier, token)).as(why).isEmpty());
    assertThat(caller(verifier, signed(key, new JOSEObjectType("logout+jwt"), c -> c))).isEmpty();
    assertThat(caller(verifier, new PlainJWT(claims().build()).serialize())).isEmpty();
    assertThat(caller(verifier, "a.b.c")).isEmpty();
    assertThat(caller(verifier, "x".repeat(100_000))).isEmpty();
    String good = signed(key, c -> c);
    assertThat(caller(verifier, good)).isPresent();
    String tampered =
        good.substring(0, good.indexOf('.') + 5) + "A" + good.substring(good.indexOf('.') + 6);
    assertThat(caller(verifier, tampered)).isEmpty();
  }

  @Test
  void publicKeyUsedAsASharedSecretIsNotBelieved() throws Exception {
    ECKey key = key("k1");
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims().build());
    jwt.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));

    assertThat(caller(verifier(key), jwt.serialize())).isEmpty();
    assertThatThrownBy(
            () ->
                new JwtSettings(
                    "i", "a", "k", Set.of("HS256"), Duration.ZERO, null, "o", null, "r", Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--jwt-algorithms");
  }

  @Test
  void clocksMayBeApartALittle() throws Exception {
    ECKey key = key("k1");

    assertThat(
            caller(
                verifier(key), signed(key, c -> c.expirationTime(Date.from(NOW.minusSeconds(59))))))
        .isPresent();
  }

  @Test
  void rolesAndSandboxesMayHaveOtherNamesAndStandDeeper() throws Exception {
    ECKey key = key("k1");
    var settings =
        new JwtSettings(
            "https://login.example",
            "waybill",
            file(key).toString(),
            Set.of("ES256"),
            Duration.ZERO,
            "acme",
            "unused",
            "https://waybill.example/sandboxes",
            "realm_access.roles",
            Map.of("waybill-admins", Role.ADMIN));
    var verifier = new JwtVerifier(settings, () -> NOW);
    UnaryOperator<JWTClaimsSet.Builder> roles =
        c -> c.claim("realm_access", Map.of("roles", List.of("viewer", "waybill-admins", "x")));

    Caller some =
        caller(
                verifier,
                signed(
                    key,
                    c ->
                        roles
                            .apply(c)
                            .claim("https://waybill.example/sandboxes", List.of("dev", "stage"))))
            .orElseThrow();
    Caller all =
        caller(
                verifier,
                signed(key, c -> roles.apply(c).claim("https://waybill.example/sandboxes", "*")))
            .orElseThrow();

    assertThat(some.role()).isEqualTo(Role.ADMIN);
    assertThat(some.sandboxes()).containsExactlyInAnyOrder("dev", "stage");
    assertThat(all.sandboxes()).isEmpty();
    assertThat(caller(verifier, signed(key, roles)))
        .as("no claim of sandboxes is not all sandboxes")
        .isEmpty();
  }

  @Test
  void rotatedKeysAreFetchedWhenTheyAreFirstSeen() throws Exception {
    ECKey first = key("first");
    ECKey second = key("second");
    var keys = new JWKSet[] {new JWKSet(first)};
    var fetched = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          fetched.incrementAndGet();
          byte[] body = keys[0].toString(true).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      var verifier =
          new JwtVerifier(
              settings("http://localhost:" + server.getAddress().getPort() + "/keys"), () -> NOW);
      String byFirst = signed(first, c -> c);
      String bySecond = signed(second, c -> c);
      assertThat(fetched).hasValue(0);
      assertThat(caller(verifier, byFirst)).isPresent();
      assertThat(caller(verifier, byFirst)).isPresent();
      assertThat(fetched).hasValue(1);

      keys[0] = new JWKSet(second);
      assertThat(caller(verifier, bySecond)).isPresent();
      assertThat(caller(verifier, byFirst)).isEmpty();
      for (int i = 0; i < 20; i++) {
        assertThat(caller(verifier, signed(key("made up " + i), c -> c))).isEmpty();
      }
      assertThat(fetched.get()).as("strangers can not have keys fetched").isLessThanOrEqualTo(3);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void issuerOutOfReachKeepsPeopleOutAndNothingBreaks() throws Exception {
    var verifier = new JwtVerifier(settings("http://localhost:1/keys"), () -> NOW);

    assertThat(caller(verifier, signed(key("k"), c -> c))).isEmpty();
  }

  @Test
  void keysInAFileAreReadAgainWhenItWasWritten() throws Exception {
    ECKey first = key("first");
    ECKey second = key("second");
    JwtVerifier verifier = verifier(first);
    assertThat(caller(verifier, signed(first, c -> c))).isPresent();

    Path file = file(second);
    Files.setLastModifiedTime(file, FileTime.from(NOW));
    assertThat(caller(verifier, signed(second, c -> c))).isPresent();
    assertThat(caller(verifier, signed(first, c -> c))).isEmpty();

    Files.writeString(file, "{");
    Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(1)));
    assertThat(caller(verifier, signed(second, c -> c))).isPresent();
  }

  @Test
  void keysComeOverASafeLineOnly() {
    assertThatThrownBy(() -> settings("http://login.example/keys"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("https");
    assertThatThrownBy(() -> new JwtVerifier(settings("/not/there"), () -> NOW))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("/not/there");
  }
}
