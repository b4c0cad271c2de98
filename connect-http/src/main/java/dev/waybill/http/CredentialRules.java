package dev.waybill.http;

import dev.waybill.http.OAuth.Client.Grant;
import dev.waybill.http.OAuth.Client.Place;
import dev.waybill.spi.Options;
import java.net.URI;
import java.time.InstantSource;

/// What the user's options say of who is calling.
final class CredentialRules {

  private final Options options;

  CredentialRules(Options options) {
    this.options = options;
  }

  private enum Scheme {
    NONE,
    BASIC,
    BEARER,
    HEADER,
    OAUTH2
  }

  Auth auth(HttpCaller caller, InstantSource clock) {
    return switch (options.choice("auth", Scheme.class)) {
      case NONE -> new Auth.Nobody();
      case BASIC ->
          fixed(
              "Authorization",
              Auth.basic(options.required("user"), options.required("password")),
              "Basic");
      case BEARER -> fixed("Authorization", "Bearer " + options.required("token"), "Bearer");
      case HEADER -> fixed(options.required("auth-header"), options.required("auth-value"), "");
      case OAUTH2 -> new OAuth(client(), caller, clock);
    };
  }

  private OAuth.Client client() {
    String refresh = options.text("refresh-token");
    String fields = options.text("token-fields");
    boolean signs = options.has("jwt-key");
    Grant grant =
        signs
            ? new Grant.Signed(assertion())
            : refresh == null ? new Grant.ClientCredentials() : new Grant.RefreshToken(refresh);
    return new OAuth.Client(
        tokenUrl(),
        signs ? "the key's owner" : options.required("client-id"),
        signs ? "" : options.required("client-secret"),
        signs ? Place.NOWHERE : place(),
        grant,
        options.text("scope"),
        fields == null ? "" : fields);
  }

  private Place place() {
    return switch (options.required("client-secret-in").strip()) {
      case "basic" -> Place.BASIC;
      case "form" -> Place.FORM;
      default -> throw options.bad("client-secret-in", "takes basic or form");
    };
  }

  private Assertion assertion() {
    String claims = options.required("jwt-claims");
    return Setup.parsed(
        "http option 'jwt-key' or 'jwt-claims' ",
        options.required("jwt-key"),
        secret -> Assertion.of(secret, claims));
  }

  private static Auth fixed(String name, String value, String scheme) {
    return new Auth.Fixed(new Header(name, value), scheme);
  }

  private URI tokenUrl() {
    String text = options.required("token-url");
    UrlTemplate url =
        Setup.parsed("http option 'token-url': " + text + " ", text, UrlTemplate::parse);
    if (!url.isFixed()) {
      throw options.bad("token-url", "takes an address without placeholders");
    }
    return url.base();
  }
}
