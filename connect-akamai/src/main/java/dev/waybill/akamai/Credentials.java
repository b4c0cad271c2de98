package dev.waybill.akamai;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// By what the API knows who calls: the four ways that it takes.
sealed interface Credentials {

  /// What is shown in place of a secret.
  String MASK = "****";

  /// The headers of a call that carry the credentials.
  ///
  /// @param operation with its slash: `/entity.bulkCreate`
  Map<String, String> headers(String operation, Form form, Instant now);

  /// The same headers with their secrets masked, for showing a call without making it.
  Map<String, String> maskedHeaders(Instant now);

  /// Adds what is sent as parameters; to be called before [#headers].
  default void addTo(Form form) {}

  /// HTTP Basic (RFC 7617), which the API's own documentation recommends.
  record Basic(String clientId, String clientSecret) implements Credentials {

    @Override
    public Map<String, String> headers(String operation, Form form, Instant now) {
      byte[] pair = (clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8);
      return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Override
    public Map<String, String> maskedHeaders(Instant now) {
      return Map.of("Authorization", "Basic " + MASK);
    }
  }

  /// Id and secret among the form's parameters.
  record InForm(String clientId, String clientSecret) implements Credentials {

    static final String SECRET_PARAMETER = "client_secret";

    @Override
    public void addTo(Form form) {
      form.with("client_id", clientId).with(SECRET_PARAMETER, clientSecret);
    }

    @Override
    public Map<String, String> headers(String operation, Form form, Instant now) {
      return Map.of();
    }

    @Override
    public Map<String, String> maskedHeaders(Instant now) {
      return Map.of();
    }
  }

  /// The API's own scheme: an HMAC-SHA1 over operation, date and parameters, so that the secret
  /// itself is never sent. The API refuses a date that is far from its own clock.
  record Signature(String clientId, String clientSecret) implements Credentials {

    private static final DateTimeFormatter DATE =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "HmacSHA1";

    @Override
    public Map<String, String> headers(String operation, Form form, Instant now) {
      String date = DATE.format(now);
      String hash = Base64.getEncoder().encodeToString(sign(operation, date, form));
      return withDate(date, hash);
    }

    @Override
    public Map<String, String> maskedHeaders(Instant now) {
      return withDate(DATE.format(now), MASK);
    }

    private Map<String, String> withDate(String date, String hash) {
      var headers = new LinkedHashMap<String, String>();
      headers.put("Date", date);
      headers.put("Authorization", "Signature " + clientId + ":" + hash);
      return headers;
    }

    private byte[] sign(String operation, String date, Form form) {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(clientSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        mac.update((operation + "\n" + date + "\n").getBytes(StandardCharsets.UTF_8));
        for (Form.Parameter parameter : form.sorted()) {
          mac.update((parameter.name() + "=").getBytes(StandardCharsets.UTF_8));
          mac.update(parameter.value().toByteArray());
          mac.update((byte) '\n');
        }
        return mac.doFinal();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
      }
    }
  }

  /// An access token that was issued before.
  record OAuth(String accessToken) implements Credentials {

    @Override
    public Map<String, String> headers(String operation, Form form, Instant now) {
      return Map.of("Authorization", "OAuth " + accessToken);
    }

    @Override
    public Map<String, String> maskedHeaders(Instant now) {
      return Map.of("Authorization", "OAuth " + MASK);
    }
  }
}
