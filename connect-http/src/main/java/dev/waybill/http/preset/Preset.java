package dev.waybill.http.preset;

import dev.waybill.spi.Option;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A service as a file describes it. Texts may hold `${name}`, which stands for an option, a part
/// of the address, `${base}` or `${key}`.
///
/// @param scheme what stands before the colon of its address
/// @param summary one line for the list of destinations
/// @param address the form of what stands behind the colon
/// @param base where its API is, unless the user names another place; null where an option does
/// @param options its own options
/// @param http HTTP options for all it does; values are texts, or lists and maps that become JSON.
///   `url` is the address of the calls; null takes away what stood there
/// @param delete those that are different where records are taken away; null if it can not do that
record Preset(
    String scheme,
    String summary,
    AddressForm address,
    @Nullable String base,
    List<Own> options,
    Map<String, @Nullable Object> http,
    @Nullable Map<String, @Nullable Object> delete) {

  /// The option that names another place for the API.
  static final String BASE_URL = "base-url";

  /// The flow's key, if it is one field.
  static final String KEY = "key";

  static final String BASE = "base";

  /// The setting for the address of the calls.
  static final String URL = "url";

  /// One of its own options.
  ///
  /// @param defaultValue null if there is none
  /// @param http HTTP options that hold if it has a value
  /// @param cases HTTP options by its value; if there are any, it takes no other
  record Own(
      String name,
      String summary,
      @Nullable String defaultValue,
      Option.Kind kind,
      Map<String, @Nullable Object> http,
      Map<String, Map<String, @Nullable Object>> cases) {

    /// A value as the file spells it, which takes it in large or small letters.
    String spelled(String value) {
      return cases.keySet().stream()
          .filter(value.strip()::equalsIgnoreCase)
          .findFirst()
          .orElse(value);
    }

    /// As it is listed.
    Option option() {
      // That it follows the key is said by its summary; before there is a flow there is no key.
      String shown = defaultValue != null && defaultValue.contains("${") ? null : defaultValue;
      return new Option(name, shown, summary, kind, List.copyOf(cases.keySet()));
    }
  }

  /// The option of this name; null if it has none.
  @Nullable Own option(String name) {
    return options.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }
}
