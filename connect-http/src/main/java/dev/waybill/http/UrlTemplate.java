package dev.waybill.http;

import dev.waybill.Fields;
import dev.waybill.Item;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An address in which `{field}` stands for a value of the record, `{key}` for its key where it has
/// no field of that name, and `{found}` for the id that the API has given it, where that was asked
/// before.
final class UrlTemplate {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

  private static final String FOUND = "found";

  private final String text;
  private final @Nullable URI fixed;
  private final Showing showing;

  private UrlTemplate(String text, @Nullable URI fixed, Showing showing) {
    this.text = text;
    this.fixed = fixed;
    this.showing = showing;
  }

  /// Whether the address may be seen.
  private enum Showing {
    WHOLE,
    /// No more than its server: the rest is a secret.
    SERVER
  }

  /// @throws IllegalArgumentException with a clause that says what is wrong with the address
  static UrlTemplate parse(String text) {
    URI uri;
    try {
      uri = new URI(PLACEHOLDER.matcher(text).replaceAll("0"));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "is no address (" + e.getReason() + " at character " + (e.getIndex() + 1) + ")", e);
    }
    String scheme = uri.getScheme();
    if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("must begin with http:// or https://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("names no host");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "must not hold a user and password; use the options auth=basic, user and password");
    }
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must not have a part behind #, which is never sent");
    }
    return new UrlTemplate(text, PLACEHOLDER.matcher(text).find() ? null : uri, Showing.WHOLE);
  }

  /// The same address as a secret.
  UrlTemplate hidden() {
    return new UrlTemplate(text, fixed, Showing.SERVER);
  }

  /// Whether it holds `{found}`.
  boolean needsFound() {
    return text.contains("{" + FOUND + "}");
  }

  boolean isFixed() {
    return fixed != null;
  }

  /// Scheme, host and port, with placeholders filled by anything.
  URI base() {
    return fixed != null ? fixed : URI.create(PLACEHOLDER.matcher(text).replaceAll("0"));
  }

  /// The address for this item; null if a value that it needs is missing.
  @Nullable URI of(Item<Fields> item) {
    return of(item, null);
  }

  /// The address for this item, whose id at the API was found out.
  @Nullable URI of(Item<Fields> item, @Nullable String id) {
    if (fixed != null) {
      return fixed;
    }
    var missing = new boolean[1];
    Function<MatchResult, String> value =
        match -> {
          String name = match.group(1);
          Fields fields = item.payload();
          String found = name.equals(FOUND) && id != null ? id : fields.text(name);
          if (found == null && name.equals("key") && !fields.names().contains("key")) {
            found = item.key();
          }
          missing[0] |= found == null || found.isEmpty();
          return found == null
              ? ""
              : URLEncoder.encode(found, StandardCharsets.UTF_8).replace("+", "%20");
        };
    String filled = PLACEHOLDER.matcher(text).replaceAll(value);
    return missing[0] ? null : URI.create(filled);
  }

  /// An address that was made of this one, as it may be shown.
  String shown(URI uri) {
    return switch (showing) {
      case WHOLE -> uri.toString();
      case SERVER -> uri.getScheme() + "://" + uri.getRawAuthority() + "/***";
    };
  }

  /// As it may be shown.
  @Override
  public String toString() {
    return switch (showing) {
      case WHOLE -> text;
      case SERVER -> shown(base());
    };
  }
}
