package dev.waybill.server.page.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds out of a reason's words which columns of its record are at fault.
final class Fault {

  private static final Pattern QUOTED = Pattern.compile("'([^']+)'|\"([^\"]+)\"");

  private Fault() {}

  /// The indexes of the columns that the message means: those that it names and whose value it
  /// quotes; or else whose value it quotes; or else that it names.
  static Set<Integer> columns(String message, List<String> columns, List<String> values) {
    List<String> quoted = quoted(message);
    var named = new HashSet<Integer>();
    var valued = new HashSet<Integer>();
    for (int i = 0; i < columns.size(); i++) {
      if (names(message, columns.get(i))) {
        named.add(i);
      }
      if (i < values.size() && quoted.contains(values.get(i).strip())) {
        valued.add(i);
      }
    }
    var both = new HashSet<>(named);
    both.retainAll(valued);
    if (!both.isEmpty()) {
      return both;
    }
    return valued.isEmpty() ? named : valued;
  }

  private static List<String> quoted(String message) {
    var texts = new ArrayList<String>();
    var matcher = QUOTED.matcher(message);
    while (matcher.find()) {
      texts.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return texts;
  }

  private static boolean names(String message, String column) {
    if (column.isBlank()) {
      return false;
    }
    String text = message.toLowerCase(Locale.ROOT);
    String name = column.toLowerCase(Locale.ROOT);
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      if (ends(text, at - 1) && ends(text, at + name.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean ends(String text, int at) {
    return at < 0 || at >= text.length() || !isWord(text.charAt(at));
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '@';
  }
}
