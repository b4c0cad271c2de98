package dev.waybill.akamai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialsTest {

  private static final String SECRET = "s3cret-é";

  private final Form form =
      new Form()
          .with("type_name", "user")
          .with("timeout", "10")
          .with("all_attributes", "[{\"email\":\"zoë@example.com\"}]");

  /// The value was computed by OpenSSL 3: `printf 'LINES' | openssl dgst -sha1 -hmac SECRET`, with
  /// the lines `/entity.bulkCreate`, the date and the three sorted parameters, each ended by \n.
  @Test
  void signatureIsTheHashOfOperationDateAndSortedParameters() {
    var headers =
        new Credentials.Signature("id-1", SECRET).headers("/entity.bulkCreate", form, Fixtures.NOW);

    assertThat(headers)
        .containsExactly(
            entry("Date", "2026-03-04 05:06:07"),
            entry("Authorization", "Signature id-1:vr7eLx8e6wPw3egSHnfIV7xLY/o="));
  }

  @Test
  void basicIsIdAndSecretInBase64() {
    var headers =
        new Credentials.Basic("aladdin", "opensesame").headers("/entity", form, Fixtures.NOW);

    assertThat(headers).containsExactly(entry("Authorization", "Basic YWxhZGRpbjpvcGVuc2VzYW1l"));
  }

  @Test
  void formCredentialsAreParametersAndNoHeader() {
    var credentials = new Credentials.InForm("id-1", SECRET);

    credentials.addTo(form);

    assertThat(new String(form.encoded(), US_ASCII))
        .endsWith("&client_id=id-1&client_secret=s3cret-%C3%A9");
    assertThat(credentials.headers("/entity", form, Fixtures.NOW)).isEmpty();
  }

  @Test
  void tokenIsAnOAuthHeader() {
    var headers = new Credentials.OAuth("t0ken").headers("/entity", form, Fixtures.NOW);

    assertThat(headers).containsExactly(entry("Authorization", "OAuth t0ken"));
  }

  @Test
  void formIsEncodedAsUtf8() {
    var encoded = new Form().with("a b", "1+1=2 & 'ü€😀'\n~*-._").encoded();

    assertThat(new String(encoded, US_ASCII))
        .isEqualTo("a+b=1%2B1%3D2+%26+%27%C3%BC%E2%82%AC%F0%9F%98%80%27%0A%7E*-._");
  }
}
