package dev.waybill.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// What a client signs to be given a token.
class AssertionTest {

  private static final KeyPair KEYS = keys();
  private static final String PEM =
      "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
          + "\n-----END PRIVATE KEY-----\n";
  private static final Instant NOW = Instant.ofEpochSecond(1_763_712_000);

  @Test
  void claimsAreSignedWithTheirTime() throws Exception {
    String[] parts = Assertion.of(PEM, "{\"iss\":\"me\"}").text(NOW).split("\\.", -1);

    assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    assertThat(decoded(parts[1]))
        .isEqualTo("{\"iss\":\"me\",\"iat\":1763712000,\"exp\":1763712180}");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(KEYS.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void fileOfAServiceAccountHoldsKeyAndName() {
    String file =
        "{\"client_email\":\"a@b\",\"private_key\":\""
            + PEM.replace("\r", "").replace("\n", "\\n")
            + "\"}";
    var assertion = Assertion.of(file, "{\"iss\":\"{client_email}\"}");

    assertThat(decoded(assertion.text(NOW).split("\\.", -1)[1])).contains("\"iss\":\"a@b\"");
    assertThat(assertion.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void whatIsNoKeyIsToldWithoutShowingIt() {
    for (String secret :
        new String[] {
          "s3cret", "{\"private_key\":\"s3cret\"}", "{s3cret", PEM.replace("MII", "!!!")
        }) {
      assertThatThrownBy(() -> Assertion.of(secret, "{}"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes an RSA key in PEM")
          .message()
          .doesNotContain("s3cret");
    }
    assertThatThrownBy(() -> Assertion.of(PEM, "[]")).hasMessageContaining("a JSON object");
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
