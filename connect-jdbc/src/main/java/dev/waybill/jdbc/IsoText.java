package dev.waybill.jdbc;

/// Reads ISO 8601 dates and times without making objects, since every cell of such a column passes
/// here.
final class IsoText {

  /// What kind of time a text is.
  enum Time {
    NONE,
    LOCAL,
    WITH_OFFSET
  }

  private IsoText() {}

  /// Whether the text is `yyyy-MM-dd` and on the calendar.
  static boolean isDate(String text) {
    return text.length() == 10 && startsWithDate(text);
  }

  /// Whether the text is `yyyy-MM-dd HH:mm[:ss[.fraction]]`, with a blank or a `T` in the middle,
  /// and whether it ends in an offset (`Z`, `+02`, `+02:00`, `+0200`).
  static Time time(String text) {
    if (text.length() < 16
        || !startsWithDate(text)
        || (text.charAt(10) != ' ' && text.charAt(10) != 'T')
        || text.charAt(13) != ':'
        || !below(text, 11, 24)
        || !below(text, 14, 60)) {
      return Time.NONE;
    }
    int at = 16;
    if (at < text.length() && text.charAt(at) == ':') {
      if (!below(text, at + 1, 60)) {
        return Time.NONE;
      }
      at += 3;
      if (at < text.length() && text.charAt(at) == '.') {
        int fraction = ++at;
        while (at < text.length() && digit(text, at) >= 0) {
          at++;
        }
        if (at == fraction) {
          return Time.NONE;
        }
      }
    }
    return at == text.length() ? Time.LOCAL : offset(text.substring(at));
  }

  private static Time offset(String text) {
    if (text.equals("Z")) {
      return Time.WITH_OFFSET;
    }
    boolean signed = text.charAt(0) == '+' || text.charAt(0) == '-';
    boolean fits =
        switch (text.length()) {
          case 3 -> below(text, 1, 24);
          case 5 -> below(text, 1, 24) && below(text, 3, 60);
          case 6 -> below(text, 1, 24) && text.charAt(3) == ':' && below(text, 4, 60);
          default -> false;
        };
    return signed && fits ? Time.WITH_OFFSET : Time.NONE;
  }

  private static boolean startsWithDate(String text) {
    if (text.charAt(4) != '-' || text.charAt(7) != '-') {
      return false;
    }
    int century = twoDigits(text, 0);
    int yearOfCentury = twoDigits(text, 2);
    int month = twoDigits(text, 5);
    int day = twoDigits(text, 8);
    if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    int year = century * 100 + yearOfCentury;
    return year > 0 && day <= daysOf(month, year);
  }

  private static int daysOf(int month, int year) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static boolean below(String text, int at, int bound) {
    int number = twoDigits(text, at);
    return number >= 0 && number < bound;
  }

  private static int twoDigits(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int tens = digit(text, at);
    int ones = digit(text, at + 1);
    return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
  }

  private static int digit(String text, int at) {
    char c = text.charAt(at);
    return c >= '0' && c <= '9' ? c - '0' : -1;
  }
}
