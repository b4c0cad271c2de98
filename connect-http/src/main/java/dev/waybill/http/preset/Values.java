package dev.waybill.http.preset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts values in the place of `${name}`.
///
/// @param of the value of a name; throws where the user has to give one and did not
record Values(UnaryOperator<String> of) {

  private static final Pattern NAME = Pattern.compile("\\$\\{([a-z][a-z0-9-]*)}");

  /// HTTP options that are addresses, in which a value must not change what the address means.
  private static final Set<String> ADDRESSES =
      Set.of(Preset.URL, "single-url", "find-url", "update-url", "delete-url", "token-url");

  /// HTTP options that are JSON: there a text is a text of JSON, and no JSON itself.
  private static final Set<String> JSON = Set.of("record", "members", "jwt-claims");

  /// The value of an HTTP option.
  ///
  /// @param setting a text, a number or a truth; or a list or map, which becomes JSON
  String in(String option, Object setting) {
    if (JSON.contains(option) || setting instanceof Map<?, ?> || setting instanceof List<?>) {
      return Json.text(filled(setting));
    }
    return ADDRESSES.contains(option) ? address(setting.toString()) : text(setting.toString());
  }

  String text(String text) {
    return NAME.matcher(text).replaceAll(name -> Matcher.quoteReplacement(of.apply(name.group(1))));
  }

  /// The same where a value stands in an address: encoded, but for one that the address begins with
  /// and for the names of fields, which stand in braces.
  private String address(String text) {
    return NAME.matcher(text)
        .replaceAll(
            name -> {
              String value = of.apply(name.group(1));
              boolean plain = name.start() == 0 || text.charAt(name.start() - 1) == '{';
              return Matcher.quoteReplacement(
                  plain ? value : URLEncoder.encode(value, UTF_8).replace("+", "%20"));
            });
  }

  private @Nullable Object filled(@Nullable Object tree) {
    return switch (tree) {
      case String text -> text(text);
      case List<?> list -> {
        var filled = new ArrayList<@Nullable Object>();
        list.forEach(element -> filled.add(filled(element)));
        yield filled;
      }
      case Map<?, ?> map -> {
        var filled = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, value) -> filled.put(text(String.valueOf(name)), filled(value)));
        yield filled;
      }
      case null -> null;
      default -> tree;
    };
  }

  /// The names that a setting refers to.
  static Set<String> namesIn(@Nullable Object tree) {
    var names = new TreeSet<String>();
    collect(tree, names);
    return names;
  }

  private static void collect(@Nullable Object tree, Set<String> names) {
    switch (tree) {
      case String text ->
          NAME.matcher(text).results().map(match -> match.group(1)).forEach(names::add);
      case List<?> list -> list.forEach(element -> collect(element, names));
      case Map<?, ?> map ->
          map.forEach(
              (name, value) -> {
                collect(name, names);
                collect(value, names);
              });
      case null -> {}
      default -> {
        // a number or a truth refers to nothing
      }
    }
  }
}
