package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of codes.
final class PostgresErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "08006, PASSING",
    "40001, PASSING",
    "40P01, PASSING",
    "53300, PASSING",
    "53100, PASSING",
    "55P03, PASSING",
    "57P01, PASSING",
    "57014, PASSING",
    "25006, PASSING",
    "28P01, FATAL",
    "3D000, FATAL",
    "42P01, FATAL",
    "42703, FATAL",
    "42501, FATAL",
    "22001, BAD_ROW",
    "22P02, BAD_ROW",
    "23502, BAD_ROW",
    "23514, BAD_ROW",
    "23505, DUPLICATE",
    "23503, MISSING_REFERENCE",
    "P0001, BAD_ROW",
    "ZZ999, UNKNOWN"
  })
  void codeMeans(String state, Meaning meaning) {
    assertThat(PostgresErrors.meaning(new SQLException("", state))).isEqualTo(meaning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "08003", "57P01", "57P02", "40003", "XX000", "58030", "53100"})
  void commitThatFailsSoLeavesDoubt(String state) {
    assertThat(PostgresErrors.commitWasRolledBack(new SQLException("", state))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "23503", "40001", "40P01", "P0001"})
  void commitThatFailsSoWasRolledBack(String state) {
    assertThat(PostgresErrors.commitWasRolledBack(new SQLException("", state))).isTrue();
  }
}
