package dev.waybill.mapping.type;

import java.time.LocalDateTime;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/// One form of dates or times. Safe for use by several threads.
sealed interface Form permits DigitForm, PatternForm {

  /// What a text tells; null if it has not this form, or tells a day or time that there is not.
  @Nullable TemporalAccessor read(String text);

  /// A time in this form, with a year from 0 to 9999.
  String write(LocalDateTime time);
}
