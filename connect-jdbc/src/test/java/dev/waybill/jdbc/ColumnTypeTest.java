package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts as values of a column, or the reason why not.
final class ColumnTypeTest {

  @ParameterizedTest
  @CsvSource({
    "INTEGER, ' 42 ', 42",
    "INTEGER, 007, 7",
    "INTEGER, 92233720368547758070, 92233720368547758070",
    "DECIMAL, 1.50, 1.50",
    "DECIMAL, 1e3, 1E+3",
    "REAL, 2.5, 2.5",
    "BOOLEAN, Yes, true",
    "BOOLEAN, 0, false",
    "DATE, 2024-02-29, 2024-02-29",
    "TIMESTAMP, 2024-02-29T23:59, 2024-02-29T23:59",
    "TIMESTAMP, 2024-02-29 23:59:59.123, 2024-02-29 23:59:59.123",
    "TIMESTAMPTZ, 2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "TIMESTAMPTZ, 2024-02-29 23:59+05:30, 2024-02-29 23:59+05:30",
    "TEXT, ' as it is ', ' as it is '",
  })
  void textBecomesTheValueItSays(ColumnType type, String text, String value) throws Unfit {
    assertThat(String.valueOf(type.convert(text, EmptyText.NULL))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 1.5, ''",
    "INTEGER, 1 000, ''",
    "DECIMAL, '1,5', ''",
    "REAL, NaN, ''",
    "REAL, 0x10, ''",
    "BOOLEAN, maybe, ''",
    "DATE, 2023-02-29, ''",
    "DATE, 1990-13-01, ''",
    "DATE, 31.12.1990, ''",
    "DATE, 1990-1-1, ''",
    "TIMESTAMP, 1990-01-01 24:00:00, ''",
    "TIMESTAMP, 1990-01-01T10:00:00Z, ''",
    "TIMESTAMP, 1990-01-01 10:00:0, ''",
    "TIMESTAMPTZ, 1990-01-01 10:00+1, ''",
  })
  void textThatIsNoSuchValueIsRefused(ColumnType type, String text, String ignored) {
    assertThatThrownBy(() -> type.convert(text, EmptyText.NULL))
        .isInstanceOf(Unfit.class)
        .hasMessageStartingWith("'" + text + "' is not a ");
  }

  @Test
  void emptyTextIsNullButInATextColumnOnlyByDefault() throws Unfit {
    assertThat(ColumnType.INTEGER.convert("", EmptyText.TEXT)).isNull();
    assertThat(ColumnType.TEXT.convert("", EmptyText.NULL)).isNull();
    assertThat(ColumnType.TEXT.convert("", EmptyText.TEXT)).isEqualTo("");
  }

  @Test
  void numbersKeepTheirDigits() throws Unfit {
    assertThat(ColumnType.DECIMAL.convert(new BigDecimal("0.10"), EmptyText.NULL))
        .isEqualTo("0.10");
    assertThat(ColumnType.TEXT.convert(new BigDecimal("12"), EmptyText.NULL)).isEqualTo("12");
  }

  @Test
  void hugeExponentIsRefusedWithoutBeingWrittenOut() throws Unfit {
    assertThat(ColumnType.DECIMAL.convert("1e999999999", EmptyText.NULL)).isEqualTo("1E+999999999");
  }

  @Test
  void longValueIsCutInTheReason() {
    assertThatThrownBy(() -> ColumnType.INTEGER.convert("x".repeat(500), EmptyText.NULL))
        .hasMessage("'" + "x".repeat(80) + "…' (500 characters) is not a whole number");
  }
}
