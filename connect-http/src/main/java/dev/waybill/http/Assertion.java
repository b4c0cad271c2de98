package dev.waybill.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.json.Json;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What a client says of itself, signed by its key (RFC 7523, section 2.1; RS256 of RFC 7518).
final class Assertion {

  /// It is made for one request; Salesforce takes none that lives longer than three minutes.
  private static final Duration LIFE = Duration.ofMinutes(3);

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final String HEADER =
      encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));

  private final PrivateKey key;
  private final Map<String, @Nullable Object> claims;

  private Assertion(PrivateKey key, Map<String, @Nullable Object> claims) {
    this.key = key;
    this.claims = claims;
  }

  /// @param secret an RSA key in PEM (PKCS #8), or a JSON object with such a key as `private_key`,
  ///   as Google gives it
  /// @param claims a JSON object; in its texts `{name}` stands for a member of the secret's object
  /// @throws IllegalArgumentException with a clause that says what is wrong, and no secret
  static Assertion of(String secret, String claims) {
    Fields account = account(secret);
    String pem = account.text("private_key");
    return new Assertion(key(pem == null ? secret : pem), claims(claims, account));
  }

  private static Fields account(String secret) {
    try {
      if (secret.stripLeading().startsWith("{") && Json.read(secret) instanceof Fields fields) {
        return fields;
      }
    } catch (JacksonException e) {
      // told below: it holds no key
    }
    return Fields.of(FieldNames.of());
  }

  private static PrivateKey key(String text) {
    Matcher pem = PEM.matcher(text);
    if (pem.find()) {
      try {
        byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        // told below
      }
    }
    throw new IllegalArgumentException(
        "takes an RSA key in PEM (BEGIN PRIVATE KEY), or the JSON file of a service account; give it"
            + " as file:PATH");
  }

  private static Map<String, @Nullable Object> claims(String text, Fields account) {
    try {
      if (Json.read(text) instanceof Fields fields) {
        var form = RecordForm.of(Template.of(fields), List.of(), 0);
        var slot = new RecordForm.Slot(form, Item.of(1, account), 0);
        if (Template.of(fields).fill(slot) instanceof Map<?, ?> filled) {
          var claims = new LinkedHashMap<String, @Nullable Object>();
          filled.forEach((name, value) -> claims.put(String.valueOf(name), value));
          return claims;
        }
      }
    } catch (JacksonException e) {
      // told below
    }
    throw new IllegalArgumentException("takes claims as a JSON object");
  }

  /// The signed text, good for three minutes.
  String text(Instant now) {
    var all = new LinkedHashMap<>(claims);
    all.put("iat", now.getEpochSecond());
    all.put("exp", now.plus(LIFE).getEpochSecond());
    String content = HEADER + "." + encoded(Json.bytes(all));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(content.getBytes(UTF_8));
      return content + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RS256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Without the key.
  @Override
  public String toString() {
    return "claims " + claims;
  }
}
