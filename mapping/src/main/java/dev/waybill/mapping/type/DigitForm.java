package dev.waybill.mapping.type;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A form of digits only, such as `MM/dd/yyyy`, read and written without
/// [java.time.format.DateTimeFormatter]: several times as fast, and a text that does not fit costs
/// no exception.
final class DigitForm implements Form {

  /// In the order in which [LocalDateTime] takes them.
  private static final String FIELDS = "yMdHms";

  /// One field or one letter between fields.
  ///
  /// @param field the place in [#FIELDS]; -1 for a letter
  /// @param digits how many; 1 means one or two
  private record Part(int field, int digits, char letter) {}

  private final Part[] parts;

  private DigitForm(List<Part> parts) {
    this.parts = parts.toArray(Part[]::new);
  }

  /// Null if the form has more in it than fixed digits, or not enough to tell a day.
  static @Nullable DigitForm of(String form) {
    var parts = new ArrayList<Part>();
    boolean quoted = false;
    int seen = 0;
    int i = 0;
    while (i < form.length()) {
      char letter = form.charAt(i);
      int end = i + 1;
      if (letter == '\'') {
        if (end < form.length() && form.charAt(end) == '\'') {
          return null;
        }
        quoted = !quoted;
      } else if (quoted || !isReserved(letter)) {
        parts.add(new Part(-1, 0, letter));
      } else {
        while (end < form.length() && form.charAt(end) == letter) {
          end++;
        }
        Part part = field(letter, end - i);
        boolean tooClose = !parts.isEmpty() && parts.getLast().field() >= 0;
        if (part == null
            || (seen & 1 << part.field()) != 0
            || (tooClose && (part.digits() == 1 || parts.getLast().digits() == 1))) {
          return null;
        }
        seen |= 1 << part.field();
        parts.add(part);
      }
      i = end;
    }
    // year, month and day, then as many of hour, minute and second as follow without a gap
    boolean enough = seen == 0b000111 || seen == 0b001111 || seen == 0b011111 || seen == 0b111111;
    return enough && !quoted ? new DigitForm(parts) : null;
  }

  private static boolean isReserved(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || "[]{}#".indexOf(letter) >= 0;
  }

  private static @Nullable Part field(char letter, int digits) {
    int field = FIELDS.indexOf(letter == 'u' ? 'y' : letter);
    boolean fixed = field == 0 ? digits == 4 : field > 0 && digits <= 2;
    return fixed ? new Part(field, digits, letter) : null;
  }

  @Override
  public @Nullable LocalDateTime read(String text) {
    int[] values = new int[FIELDS.length()];
    int at = 0;
    for (Part part : parts) {
      if (at >= text.length()) {
        return null;
      }
      if (part.field < 0) {
        if (Character.toLowerCase(text.charAt(at)) != Character.toLowerCase(part.letter)) {
          return null;
        }
        at++;
        continue;
      }
      int least = at + part.digits;
      int most = part.digits == 1 ? at + 2 : least;
      int value = 0;
      while (at < most && at < text.length() && isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at) - '0';
        at++;
      }
      if (at < least) {
        return null;
      }
      values[part.field] = value;
    }
    return at == text.length() ? time(values) : null;
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private static @Nullable LocalDateTime time(int[] v) {
    boolean exists =
        v[1] >= 1
            && v[1] <= 12
            && v[2] >= 1
            && (v[2] <= 28 || v[2] <= YearMonth.of(v[0], v[1]).lengthOfMonth())
            && v[3] <= 23
            && v[4] <= 59
            && v[5] <= 59;
    return exists ? LocalDateTime.of(v[0], v[1], v[2], v[3], v[4], v[5]) : null;
  }

  @Override
  public String write(LocalDateTime time) {
    var text = new StringBuilder(24);
    for (Part part : parts) {
      if (part.field < 0) {
        text.append(part.letter);
        continue;
      }
      int value =
          switch (FIELDS.charAt(part.field)) {
            case 'y' -> time.getYear();
            case 'M' -> time.getMonthValue();
            case 'd' -> time.getDayOfMonth();
            case 'H' -> time.getHour();
            case 'm' -> time.getMinute();
            default -> time.getSecond();
          };
      for (int power = part.digits == 4 ? 1_000 : 10; power > 1; power /= 10) {
        if (value < power && part.digits > 1) {
          text.append('0');
        }
      }
      text.append(value);
    }
    return text.toString();
  }
}
