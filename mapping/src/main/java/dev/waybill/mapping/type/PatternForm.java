package dev.waybill.mapping.type;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Any form that [DateTimeFormatter] knows: names of months, offsets, optional parts.
record PatternForm(DateTimeFormatter formatter) implements Form {

  /// A day and a time of day, with a `T` or a blank between them, and perhaps an offset from UTC.
  static final PatternForm ISO_8601 =
      strict(
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .append(DateTimeFormatter.ISO_LOCAL_DATE)
              .appendPattern("['T'][ ]")
              .append(DateTimeFormatter.ISO_LOCAL_TIME)
              .optionalStart()
              .appendOffsetId());

  /// @throws IllegalArgumentException if there is no such form
  static PatternForm of(String form) {
    // `y` counts years of an era, which strict reading wants to be told; `u` counts them on from 0,
    // and is what everybody means.
    var pattern = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < form.length(); i++) {
      char letter = form.charAt(i);
      quoted ^= letter == '\'';
      pattern.append(letter == 'y' && !quoted ? 'u' : letter);
    }
    return strict(
        new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern.toString()));
  }

  /// Strict, so that 02/30 is no day.
  private static PatternForm strict(DateTimeFormatterBuilder builder) {
    return new PatternForm(
        builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT));
  }

  @Override
  public @Nullable TemporalAccessor read(String text) {
    // Asked first, because parse() throws: a file may have a million dates that are none.
    var end = new ParsePosition(0);
    if (formatter.parseUnresolved(text, end) == null || end.getIndex() < text.length()) {
      return null;
    }
    try {
      return formatter.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  @Override
  public String write(LocalDateTime time) {
    return formatter.format(time);
  }
}
