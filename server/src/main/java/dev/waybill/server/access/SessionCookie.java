package dev.waybill.server.access;

import java.util.Optional;

/// The cookie that holds a session: not readable by scripts, not sent along by other sites, and
/// over TLS bound to this very host (RFC 6265bis, section 4.1.3.2).
public enum SessionCookie {
  /// For `https`.
  SECURE("__Host-waybill", "; Secure"),
  /// For `http`, which only loopback should speak: browsers take no `__Host-` cookie there.
  PLAIN("waybill", "");

  // Lax, so that a link in an alert leads somebody who is signed in to the run, and not to the
  // sign-in. What changes anything is a POST, which Lax keeps other sites from making.
  private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";

  private final String title;
  private final String more;

  SessionCookie(String title, String more) {
    this.title = title;
    this.more = more;
  }

  /// The `Set-Cookie` that begins a session. It is forgotten with the browser.
  public String set(Session session) {
    return title + "=" + session.cookie() + ATTRIBUTES + more;
  }

  /// The `Set-Cookie` that makes the browser forget it.
  public String clear() {
    return title + "=; Max-Age=0" + ATTRIBUTES + more;
  }

  /// The cookie's value in a request's `Cookie` header; empty if it is not there.
  public Optional<String> read(String header) {
    for (String pair : header.split(";", -1)) {
      String cookie = pair.strip();
      if (cookie.startsWith(title + "=")) {
        return Optional.of(cookie.substring(title.length() + 1));
      }
    }
    return Optional.empty();
  }
}
