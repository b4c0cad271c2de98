package dev.waybill.akamai;

import dev.waybill.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Codes as a user lists them: numbers and ranges, `100,402,410-499`.
///
/// @param ranges in the order given
record CodeList(List<Range> ranges) {

  /// The codes from `first` to `last`.
  record Range(int first, int last) {

    boolean contains(int code) {
      return code >= first && code <= last;
    }

    int width() {
      return last - first;
    }
  }

  static final CodeList NONE = new CodeList(List.of());

  private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:\\s*-\\s*(\\d{1,6}))?");

  /// Reads a list of this program's own.
  static CodeList of(String text) {
    var ranges = new ArrayList<Range>();
    for (String part : text.split(",", -1)) {
      Matcher match = RANGE.matcher(part.strip());
      if (!match.matches()) {
        throw new IllegalArgumentException(part);
      }
      ranges.add(range(match));
    }
    return new CodeList(List.copyOf(ranges));
  }

  /// Reads an option.
  ///
  /// @throws dev.waybill.UserException if it is not a list of numbers and ranges
  static CodeList of(Options options, String name) {
    List<String> parts = options.list(name);
    if (parts.isEmpty()) {
      return NONE;
    }
    try {
      CodeList list = of(String.join(",", parts));
      if (list.ranges.stream().allMatch(range -> range.width() >= 0)) {
        return list;
      }
    } catch (IllegalArgumentException e) {
      // told below, together with a range that runs backwards
    }
    throw options.bad(name, "takes codes and ranges of codes such as 403,500-504");
  }

  private static Range range(Matcher match) {
    int first = Integer.parseInt(match.group(1));
    return new Range(first, match.group(2) == null ? first : Integer.parseInt(match.group(2)));
  }

  /// The width of the narrowest range that contains the code, 0 for the code by itself; -1 if none
  /// does.
  int closeness(int code) {
    return ranges.stream()
        .filter(range -> range.contains(code))
        .mapToInt(Range::width)
        .min()
        .orElse(-1);
  }
}
