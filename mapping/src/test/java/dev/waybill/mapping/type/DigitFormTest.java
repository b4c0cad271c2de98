package dev.waybill.mapping.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// [java.time.format.DateTimeFormatter] is the oracle.
class DigitFormTest {

  /// The library reads years before Christ, and `011` as an hour of one or two digits.
  private static final String SIGN_OR_THIRD_DIGIT = ".*([-+]\\d{4,}|0\\d{2,}).*";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MM/dd/yyyy",
        "M/d/yyyy",
        "dd.MM.yyyy",
        "yyyyMMdd",
        "yyyyMMddHHmmss",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd'T'H:m",
        "'on' d.M.yyyy 'at' HH"
      })
  void readsAndWritesLikeTheLibrary(String form) {
    DigitForm digits = Objects.requireNonNull(DigitForm.of(form));
    PatternForm oracle = PatternForm.of(form);
    var random = new Random(form.hashCode());
    for (int life = 0; life < 5_000; life++) {
      var time =
          LocalDateTime.of(random.nextInt(10_000), random.nextInt(12) + 1, 1, 0, 0)
              .withYear(random.nextInt(1, 10_000))
              .plusSeconds(random.nextInt(28 * 86_400));
      String text = oracle.write(time);
      assertThat(digits.write(time)).isEqualTo(text);
      String spoilt = spoilt(text, random);
      LocalDateTime expected = time(oracle.read(spoilt));
      LocalDateTime told = digits.read(spoilt);
      if (told == null && expected != null) {
        assertThat(spoilt).as("what only the library takes").matches(SIGN_OR_THIRD_DIGIT);
      } else {
        assertThat(told).as("'%s' by %s", spoilt, form).isEqualTo(expected);
      }
    }
  }

  /// The text with up to two of its letters exchanged, left out or doubled.
  private static String spoilt(String text, Random random) {
    var spoilt = new StringBuilder(text);
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(spoilt.length());
      switch (random.nextInt(5)) {
        case 0 -> spoilt.deleteCharAt(at);
        case 1 -> spoilt.insert(at, spoilt.charAt(at));
        case 2 -> spoilt.setCharAt(at, "/.- TtO:x".charAt(random.nextInt(9)));
        default -> spoilt.setCharAt(at, (char) ('0' + random.nextInt(10)));
      }
    }
    return spoilt.toString();
  }

  private static @Nullable LocalDateTime time(@Nullable TemporalAccessor told) {
    return told == null ? null : Objects.requireNonNull(told.query(DateTimeType::utc));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MMM/dd/yyyy",
        "yy-MM-dd",
        "yyyy-MM",
        "Mdyyyy",
        "MM/MM/yyyy/dd",
        "yyyy-MM-dd mm",
        "HH:mm",
        "yyyy-MM-dd[ HH]"
      })
  void leavesOtherFormsToTheLibrary(String form) {
    assertThat(DigitForm.of(form)).isNull();
  }
}
