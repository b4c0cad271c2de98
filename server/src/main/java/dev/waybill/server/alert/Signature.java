package dev.waybill.server.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.http.Header;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs a webhook as the Standard Webhooks specification says (https://www.standardwebhooks.com,
/// "Signature scheme"), for which there are libraries on the other side.
final class Signature {

  /// Before a secret of that specification, which is base64.
  private static final String PREFIX = "whsec_";

  private Signature() {}

  /// The headers that tell who sent it, and when: a receiver refuses what is too old, so that
  /// nobody can send it again who saw it.
  static List<Header> headers(String secret, String id, Instant now, byte[] body) {
    String time = Long.toString(now.getEpochSecond());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
      mac.update((id + "." + time + ".").getBytes(UTF_8));
      String signature = Base64.getEncoder().encodeToString(mac.doFinal(body));
      return List.of(
          new Header("webhook-id", id),
          new Header("webhook-timestamp", time),
          new Header("webhook-signature", "v1," + signature));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] key(String secret) {
    if (secret.startsWith(PREFIX)) {
      try {
        return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      } catch (IllegalArgumentException e) {
        // No such secret then, and taken as it is.
      }
    }
    return secret.getBytes(UTF_8);
  }
}
