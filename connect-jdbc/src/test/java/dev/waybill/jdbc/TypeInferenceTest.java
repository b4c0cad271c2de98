package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Guesses from the first records.
final class TypeInferenceTest {

  @ParameterizedTest
  @CsvSource({
    "1 | 2, INTEGER",
    "1 | 2.5, DECIMAL",
    "1 | 007, TEXT",
    "+4912345 | 1, TEXT",
    "true | FALSE, BOOLEAN",
    "1990-01-01 | 1990-01-02, DATE",
    "1990-01-01 | 1990-01-02 10:00:00, TIMESTAMP",
    "1990-01-01T10:00:00 | 1990-01-02T10:00:00Z, TIMESTAMPTZ",
    "1990-01-01 | soon, TEXT",
    "1 | true, TEXT",
    "' | 5', INTEGER",
    "' | ', TEXT",
    "1234567890123456789 | 1, DECIMAL",
  })
  void columnGetsTheTypeThatAllValuesHave(String cells, ColumnType type) {
    var records = Records.of("x");
    Arrays.stream(cells.split("\\|", -1)).forEach(cell -> records.row(cell.strip()));

    assertThat(TypeInference.columns(List.of("x"), records.fields(), Map.of()))
        .containsExactly(Map.entry("x", type));
  }
}
