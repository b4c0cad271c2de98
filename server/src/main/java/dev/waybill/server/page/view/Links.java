package dev.waybill.server.page.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Addresses of our own pages.
public final class Links {

  private Links() {}

  /// A text as a part of an address.
  public static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// The next part of a list; null if there is none.
  static @Nullable String after(String address, @Nullable String next) {
    if (next == null) {
      return null;
    }
    return address + (address.contains("?") ? "&" : "?") + "after=" + part(next);
  }

  /// The records of a run with these reasons.
  public static String records(String run, String disposition, @Nullable String code, String text) {
    var address = new StringBuilder("/runs/" + part(run) + "/records");
    char sign = '?';
    String[][] filters = {
      {"disposition", disposition}, {"code", code == null ? "" : code}, {"text", text}
    };
    for (String[] filter : filters) {
      if (!filter[1].isEmpty()) {
        address.append(sign).append(filter[0]).append('=').append(part(filter[1]));
        sign = '&';
      }
    }
    return address.toString();
  }
}
