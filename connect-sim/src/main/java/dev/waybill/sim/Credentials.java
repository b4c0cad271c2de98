package dev.waybill.sim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Who may call. Takes whatever Akamai Identity Cloud takes: HTTP Basic, `client_id` and
/// `client_secret` in the form, a signature, an access token.
///
/// @param clientId null to let everybody in, unless there is a token
/// @param token null if no token is good
record Credentials(
    @Nullable String clientId, @Nullable String clientSecret, @Nullable String token) {

  /// Whether the request may be answered.
  ///
  /// @param form its parameters, if it has a form
  boolean allow(HttpRequest request, Map<String, String> form) {
    if (clientId == null && token == null) {
      return true;
    }
    String authorization = request.header("authorization");
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? "" : authorization.substring(0, space);
    String value = authorization.substring(space + 1).strip();
    return switch (scheme) {
      case "Basic" -> basic().equals(value);
      case "Bearer", "OAuth" -> value.equals(token);
      case "Signature" -> signature(request, form).equals(value);
      default ->
          clientId != null
              && clientId.equals(form.get("client_id"))
              && form.getOrDefault("client_secret", "").equals(clientSecret);
    };
  }

  private String basic() {
    return Base64.getEncoder()
        .encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
  }

  /// `client_id:base64(HMAC-SHA1(client_secret, path, date and the sorted parameters, a line
  /// each))`.
  private String signature(HttpRequest request, Map<String, String> form) {
    var signed = new StringBuilder(request.path()).append('\n');
    signed.append(request.header("date")).append('\n');
    new TreeMap<>(form)
        .forEach((name, value) -> signed.append(name).append('=').append(value).append('\n'));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(
          new SecretKeySpec(
              String.valueOf(clientSecret).getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] digest = mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
      return clientId + ":" + Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }
}
