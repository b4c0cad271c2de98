package dev.waybill.http;

import dev.waybill.ByteSlice;
import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.http.OAuth.Client.Grant;
import dev.waybill.http.Outcome.Lost;
import dev.waybill.http.Outcome.NotSent;
import dev.waybill.http.Outcome.Response;
import dev.waybill.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// OAuth 2 by client credentials (RFC 6749, section 4.4), a refresh token (section 6) or a signed
/// assertion (RFC 7523). A token is asked for when the first call needs one, renewed shortly before
/// it expires, and once when the API refuses it.
final class OAuth implements Auth {

  /// A token is renewed this long before its end, so that no call under way outlives it; one that
  /// lives only a short while, at four fifths of its life.
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Client client;
  private final HttpCaller caller;
  private final InstantSource clock;
  private final RateHeaders rates;
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Token token; // guarded by lock
  private Grant grant; // guarded by lock; a server may give another refresh token each time
  private boolean renewedAfterRefusal; // guarded by lock

  OAuth(Client client, HttpCaller caller, InstantSource clock) {
    this.client = client;
    this.caller = caller;
    this.clock = clock;
    this.rates = new RateHeaders(clock);
    this.grant = client.grant();
  }

  /// Who asks, and where.
  ///
  /// @param place where id and secret stand in the request for a token
  /// @param grant by what it asks
  /// @param scope what is asked for; null for what the server gives by default
  /// @param more further parameters, encoded: `audience=https%3A%2F%2F…`; may be empty
  record Client(
      URI tokenUrl,
      String id,
      String secret,
      Place place,
      Grant grant,
      @Nullable String scope,
      String more) {

    /// By what a token is asked for.
    sealed interface Grant {

      /// By id and secret: the client acts for itself.
      record ClientCredentials() implements Grant {}

      /// By what stands for a user who has agreed.
      record RefreshToken(String token) implements Grant {

        /// Without the token.
        @Override
        public String toString() {
          return "a refresh token";
        }
      }

      /// By what the client's key signed, instead of a secret.
      record Signed(Assertion assertion) implements Grant {}
    }

    /// Where id and secret stand in the request for a token (RFC 6749, section 2.3.1).
    enum Place {
      BASIC,
      FORM,
      NOWHERE
    }

    /// Without the secret.
    @Override
    public String toString() {
      return id + " at " + tokenUrl;
    }
  }

  private record Token(Header header, Instant renewAt, Instant end) {}

  @Override
  public Pass pass() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      Token held = token;
      if (held != null && now.isBefore(held.renewAt())) {
        return new Pass.Show(held.header());
      }
      Pass renewed = renew(now);
      // A renewal ahead of time that fails does no harm while the old token is good.
      return renewed instanceof Pass.Wait && held != null && now.isBefore(held.end())
          ? new Pass.Show(held.header())
          : renewed;
    } finally {
      lock.unlock();
    }
  }

  private Pass renew(Instant now) throws InterruptedException {
    return switch (caller.call(request())) {
      case NotSent(String reason) -> unavailable(reason);
      case Lost(String reason) -> unavailable(reason);
      case Response answer when answer.status() == 200 -> granted(now, answer);
      case Response answer -> new Pass.Wait(denied(answer));
    };
  }

  private Call request() {
    var form =
        new StringBuilder(
            switch (grant) {
              case Grant.ClientCredentials c -> "grant_type=client_credentials";
              case Grant.RefreshToken(String refresh) ->
                  "grant_type=refresh_token&refresh_token=" + encoded(refresh);
              case Grant.Signed(Assertion assertion) ->
                  "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="
                      + assertion.text(clock.instant());
            });
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
    headers.add(new Header("Accept", "application/json"));
    switch (client.place()) {
      case NOWHERE -> {
        // the assertion says who asks
      }
      case BASIC ->
          headers.add(
              new Header(
                  "Authorization", Auth.basic(encoded(client.id()), encoded(client.secret()))));
      case FORM ->
          form.append("&client_id=")
              .append(encoded(client.id()))
              .append("&client_secret=")
              .append(encoded(client.secret()));
    }
    if (client.scope() != null) {
      form.append("&scope=").append(encoded(client.scope()));
    }
    if (!client.more().isEmpty()) {
      form.append('&').append(client.more());
    }
    return new Call("POST", client.tokenUrl(), headers, ByteSlice.utf8(form.toString()));
  }

  private Pass granted(Instant now, Response answer) {
    Fields body = fields(answer);
    String value = body == null ? null : body.text("access_token");
    if (body == null || value == null || value.isEmpty()) {
      return new Pass.Wait(
          new Reply.Fatal(
              Reason.of("the token server's answer holds no access_token; check token-url")));
    }
    Instant end = Instant.MAX;
    Instant renewAt = Instant.MAX;
    if (body.get("expires_in") instanceof Number seconds && seconds.longValue() > 0) {
      long life = Math.min(seconds.longValue(), Duration.ofDays(3650).toSeconds());
      end = now.plusSeconds(life);
      renewAt = now.plusSeconds(Math.max(life - MARGIN.toSeconds(), life * 4 / 5));
    }
    String next = body.text("refresh_token");
    if (grant instanceof Grant.RefreshToken && next != null && !next.isEmpty()) {
      grant = new Grant.RefreshToken(next);
    }
    Header header = new Header("Authorization", "Bearer " + value);
    token = new Token(header, renewAt, end);
    return new Pass.Show(header);
  }

  private Reply denied(Response answer) {
    Fields body = fields(answer);
    String error = body == null ? null : body.text("error");
    String description = body == null ? null : body.text("error_description");
    var reason =
        new Reason(
            error == null ? Integer.toString(answer.status()) : error,
            "the token server answered %d: %s"
                .formatted(
                    answer.status(),
                    Text.cut(
                        description == null
                            ? error == null ? answer.text() : error
                            : description)));
    if (answer.status() == 429) {
      return new Reply.Throttled(reason, rates.retryAfter(answer));
    }
    return answer.status() / 100 == 5
        ? new Reply.Unavailable(reason, rates.retryAfter(answer))
        : new Reply.Fatal(reason);
  }

  /// Nothing of the batch was sent, whatever became of the request for a token.
  private static Pass unavailable(String reason) {
    return new Pass.Wait(new Reply.Unavailable(Reason.of("no access token: " + reason)));
  }

  @Override
  public @Nullable Reply unauthorized(@Nullable Header shown) {
    lock.lock();
    try {
      boolean current = token != null && token.header().equals(shown);
      if (current && renewedAfterRefusal) {
        return null; // a new token was refused as well: it is not the token
      }
      if (current) {
        token = null;
        renewedAfterRefusal = true;
      }
      return new Reply.Unavailable(
          Reason.of("401", "the API refused the access token; another is asked for"),
          Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void passed(@Nullable Header shown) {
    lock.lock();
    try {
      if (token != null && token.header().equals(shown)) {
        renewedAfterRefusal = false;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Header masked() {
    return new Header("Authorization", "Bearer ***");
  }

  private static @Nullable Fields fields(Response answer) {
    try {
      return Json.read(answer.body()) instanceof Fields fields ? fields : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
