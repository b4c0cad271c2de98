package dev.waybill.server.access;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a request comes from our own pages, as far as the browser tells: the second lock beside
/// the form's own token ([Session#isOf]).
public final class SameOrigin {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private SameOrigin() {}

  /// Whether the request may go on. One that changes nothing always may; one that tells neither
  /// where it comes from nor its origin is left to the form's token.
  ///
  /// @param fetchSite `Sec-Fetch-Site` (W3C Fetch Metadata); null if the browser sends none
  /// @param origin `Origin` (RFC 6454, section 7); null if there is none
  /// @param own our own origin as the browser sees it: `https://waybill.example:8443`
  public static boolean allows(
      String method, @Nullable String fetchSite, @Nullable String origin, String own) {
    if (SAFE.contains(method)) {
      return true;
    }
    if (fetchSite != null && !fetchSite.equals("same-origin")) {
      return false;
    }
    return origin == null || origin.toLowerCase(Locale.ROOT).equals(own.toLowerCase(Locale.ROOT));
  }
}
