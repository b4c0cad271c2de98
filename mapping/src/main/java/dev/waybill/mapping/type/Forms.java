package dev.waybill.mapping.type;

import dev.waybill.UserException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How dates are read and written: `IN`, `IN|IN`, or `IN to OUT`.
///
/// @param name the forms that are read, as a user is told them
record Forms(String name, List<DateTimeFormatter> in, DateTimeFormatter out) {

  private static final String USUAL_OUT = "yyyy-MM-dd HH:mm:ss";

  /// @throws UserException if a form is none
  static Forms of(String setting) {
    int to = setting.indexOf(" to ");
    String in = to < 0 ? setting : setting.substring(0, to);
    String out = to < 0 ? USUAL_OUT : setting.substring(to + " to ".length());
    var readers = new ArrayList<DateTimeFormatter>();
    for (String form : in.split("\\|", -1)) {
      readers.add(formatter(form.strip()));
    }
    DateTimeFormatter writer = formatter(out.strip());
    try {
      writer.format(LocalDateTime.of(2000, 1, 1, 0, 0));
    } catch (DateTimeException e) {
      throw new UserException(
          "the form '%s' can not be written: it has more than a day and a time of day"
              .formatted(out),
          e);
    }
    return new Forms(in.replace("|", " or "), readers, writer);
  }

  /// A day and a time of day, with a `T` or a blank between them, and perhaps an offset from UTC.
  static Forms iso8601() {
    DateTimeFormatter in =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][ ]")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    return new Forms("yyyy-MM-dd HH:mm:ss", List.of(in), formatter(USUAL_OUT));
  }

  Forms named(String otherName) {
    return new Forms(otherName, in, out);
  }

  /// The time that a text tells, or null if it has none of the forms or is a day that there is not.
  @SafeVarargs
  final @Nullable <T extends TemporalAccessor> T read(
      String text, TemporalQuery<? extends T>... kinds) {
    for (DateTimeFormatter form : in) {
      var end = new ParsePosition(0);
      // Not parse(), which throws: a file may have a million dates that are none.
      if (form.parseUnresolved(text, end) == null || end.getIndex() < text.length()) {
        continue;
      }
      try {
        TemporalAccessor parsed = form.parse(text);
        for (TemporalQuery<? extends T> kind : kinds) {
          T time = as(parsed, kind);
          if (time != null) {
            return time;
          }
        }
      } catch (DateTimeException e) {
        // a day that there is not, or not enough to tell one: perhaps another form fits
      }
    }
    return null;
  }

  private static <T> @Nullable T as(TemporalAccessor parsed, TemporalQuery<? extends T> kind) {
    try {
      return kind.queryFrom(parsed);
    } catch (DateTimeException e) {
      return null;
    }
  }

  String write(LocalDateTime time) {
    return out.format(time);
  }

  /// Strict, so that 02/30 is no day. `y` counts years of an era, which strict reading wants to be
  /// told; `u` counts them on from 0, and is what everybody means.
  private static DateTimeFormatter formatter(String form) {
    if (form.isEmpty()) {
      throw new UserException("a date's form is missing, as in date:MM/dd/yyyy");
    }
    var pattern = new StringBuilder();
    boolean quoted = false;
    for (char letter : form.toCharArray()) {
      quoted ^= letter == '\'';
      pattern.append(letter == 'y' && !quoted ? 'u' : letter);
    }
    try {
      return new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern(pattern.toString())
          .toFormatter(Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "'%s' is not a date's form such as MM/dd/yyyy: %s".formatted(form, e.getMessage()), e);
    }
  }
}
