package dev.waybill.mapping.type;

import dev.waybill.UserException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How dates are read and written: `IN`, `IN|IN`, or `IN to OUT`.
///
/// @param name the forms that are read, as a user is told them
record Forms(String name, List<Form> in, Form out) {

  private static final String USUAL_OUT = "yyyy-MM-dd HH:mm:ss";

  /// Reads ISO 8601, writes `yyyy-MM-dd HH:mm:ss`.
  static Forms iso8601() {
    return new Forms(USUAL_OUT, List.of(PatternForm.ISO_8601), form(USUAL_OUT));
  }

  /// @throws UserException if a form is none
  static Forms of(String setting) {
    int to = setting.indexOf(" to ");
    String in = to < 0 ? setting : setting.substring(0, to);
    String out = to < 0 ? USUAL_OUT : setting.substring(to + " to ".length());
    var readers = new ArrayList<Form>();
    for (String form : in.split("\\|", -1)) {
      readers.add(form(form.strip()));
    }
    Form writer = form(out.strip());
    try {
      var unused = writer.write(LocalDateTime.of(2000, 1, 1, 0, 0));
    } catch (DateTimeException e) {
      throw new UserException(
          "the form '%s' can not be written: it has more than a day and a time of day"
              .formatted(out.strip()),
          e);
    }
    return new Forms(in.replace("|", " or "), readers, writer);
  }

  Forms named(String otherName) {
    return new Forms(otherName, in, out);
  }

  /// What a text tells in the first form that fits; null if none does.
  <T> @Nullable T read(String text, TemporalQuery<T> kind) {
    for (Form form : in) {
      TemporalAccessor told = form.read(text);
      if (told != null) {
        try {
          return kind.queryFrom(told);
        } catch (DateTimeException e) {
          // not enough to tell that: perhaps another form has more
        }
      }
    }
    return null;
  }

  String write(LocalDateTime time) {
    return out.write(time);
  }

  private static Form form(String form) {
    if (form.isEmpty()) {
      throw new UserException("a date's form is missing, as in date:MM/dd/yyyy");
    }
    DigitForm digits = DigitForm.of(form);
    if (digits != null) {
      return digits;
    }
    try {
      return PatternForm.of(form);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "'%s' is not a date's form such as MM/dd/yyyy: %s".formatted(form, e.getMessage()), e);
    }
  }
}
