package dev.waybill.http.preset;

import dev.waybill.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The form of a preset's address behind its scheme, such as `//{host}/{object}`, and its parts.
///
/// @param text as the file gives it
/// @param parts the names in it
/// @param pattern with a group for each of them
record AddressForm(String text, List<String> parts, Pattern pattern) {

  private static final Pattern PART = Pattern.compile("\\{([a-z][a-z0-9-]*)}");

  /// What a part may be: enough for names, ids and hosts, nothing that would change an address.
  private static final String VALUE = "([^/?#@{}]+)";

  static AddressForm of(String text) {
    var parts = new ArrayList<String>();
    var pattern = new StringBuilder();
    Matcher match = PART.matcher(text);
    int end = 0;
    while (match.find()) {
      pattern.append(Pattern.quote(text.substring(end, match.start()))).append(VALUE);
      parts.add(match.group(1));
      end = match.end();
    }
    pattern.append(Pattern.quote(text.substring(end)));
    return new AddressForm(text, List.copyOf(parts), Pattern.compile(pattern.toString()));
  }

  /// As people write it: `//HOST/OBJECT`.
  String shown() {
    return PART.matcher(text)
        .replaceAll(part -> part.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /// The values of the parts.
  ///
  /// @param given what stands behind the scheme's colon
  /// @param example the address as it should look, for the complaint
  /// @throws UserException if it has another form
  Map<String, String> read(String given, String example) {
    Matcher match = pattern.matcher(given);
    if (!match.matches()) {
      throw new UserException(
          "--to takes an address such as "
              + example
              + ", and what it has behind the colon is '"
              + given
              + "'");
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < parts.size(); i++) {
      values.put(parts.get(i), match.group(i + 1));
    }
    return values;
  }
}
