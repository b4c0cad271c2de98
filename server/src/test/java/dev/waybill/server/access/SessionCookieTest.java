package dev.waybill.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

  private final Session session =
      new Session(
          new Caller("n", "o", Set.of(), Role.VIEWER, "page"), "abc123", "csrf", Instant.EPOCH);

  @Test
  void overTlsTheCookieIsBoundToThisHost() {
    assertThat(SessionCookie.SECURE.set(session))
        .isEqualTo("__Host-waybill=abc123; Path=/; HttpOnly; SameSite=Lax; Secure");
    assertThat(SessionCookie.PLAIN.set(session))
        .isEqualTo("waybill=abc123; Path=/; HttpOnly; SameSite=Lax");
    assertThat(SessionCookie.SECURE.clear()).startsWith("__Host-waybill=; Max-Age=0; Path=/");
  }

  @Test
  void cookieIsFoundAmongOthers() {
    assertThat(SessionCookie.SECURE.read("a=b; __Host-waybill=abc123;c=d")).contains("abc123");
    assertThat(SessionCookie.PLAIN.read("xwaybill=1; waybill=2")).contains("2");
    assertThat(SessionCookie.SECURE.read("waybill=abc123")).isEmpty();
    assertThat(SessionCookie.PLAIN.read("")).isEmpty();
  }

  @Test
  void requestOfAnotherSiteIsRefused() {
    String own = "https://waybill.example";
    assertThat(SameOrigin.allows("POST", "same-origin", own, own)).isTrue();
    assertThat(SameOrigin.allows("POST", null, own, own)).isTrue();
    assertThat(SameOrigin.allows("POST", null, null, own)).isTrue();
    assertThat(SameOrigin.allows("POST", "cross-site", own, own)).isFalse();
    assertThat(SameOrigin.allows("POST", "same-site", null, own)).isFalse();
    assertThat(SameOrigin.allows("POST", "none", null, own)).isFalse();
    assertThat(SameOrigin.allows("POST", "same-origin", "https://evil.example", own)).isFalse();
    assertThat(SameOrigin.allows("POST", null, "null", own)).isFalse();
    assertThat(SameOrigin.allows("POST", null, "http://waybill.example", own)).isFalse();
    assertThat(SameOrigin.allows("GET", "cross-site", null, own)).isTrue();
  }
}
