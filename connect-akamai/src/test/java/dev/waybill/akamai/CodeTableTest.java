package dev.waybill.akamai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeTableTest {

  @ParameterizedTest
  @CsvSource({
    "100, FATAL",
    "200, REFUSED",
    "201, FATAL",
    "221, FATAL",
    "222, FATAL",
    "223, REFUSED",
    "341, REFUSED",
    "361, REFUSED",
    "402, FATAL",
    "403, UNAVAILABLE",
    "414, FATAL",
    "480, UNAVAILABLE",
    "500, UNKNOWN",
    "504, UNKNOWN",
    "510, THROTTLED",
    "777, UNKNOWN"
  })
  void apiCodesMeanWhatTheirDocumentationSays(int code, Meaning meaning) {
    assertThat(Fixtures.settings().codes().of(code)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "302, FATAL",
    "400, REFUSED",
    "401, FATAL",
    "403, UNKNOWN",
    "404, FATAL",
    "408, UNAVAILABLE",
    "413, TOO_LARGE",
    "422, REFUSED",
    "429, THROTTLED",
    "500, UNKNOWN",
    "501, UNKNOWN",
    "502, UNKNOWN",
    "503, UNAVAILABLE",
    "504, UNKNOWN",
    "599, UNKNOWN"
  })
  void httpStatusesMeanWhatTheirDocumentationSays(int status, Meaning meaning) {
    assertThat(Fixtures.settings().statuses().of(status)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "403, UNKNOWN",
    "500, UNKNOWN",
    "504, UNKNOWN",
    "510, UNKNOWN",
    "200, REJECTED",
    "402, REJECTED",
    "501, REJECTED"
  })
  void strictOriginalKnowsTheUnknownCodesOnly(int code, Meaning meaning) {
    var settings = Fixtures.settings("codes", "strict-original");

    assertThat(settings.codes().of(code)).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "403, UNKNOWN",
    "500, UNKNOWN",
    "501, UNKNOWN",
    "502, UNKNOWN",
    "429, REJECTED",
    "503, REJECTED",
    "504, REJECTED"
  })
  void strictOriginalKnowsTheUnknownStatusesOnly(int status, Meaning meaning) {
    var settings = Fixtures.settings("codes", "strict-original");

    assertThat(settings.statuses().of(status)).isEqualTo(meaning);
  }

  @Test
  void aUsersListGoesBeforeTheDefaults() {
    CodeTable codes = Fixtures.settings("unknown-codes", "403,500,504,510").codes();

    assertThat(codes.of(510)).isEqualTo(Meaning.UNKNOWN);
    assertThat(codes.of(403)).isEqualTo(Meaning.UNKNOWN);
    assertThat(codes.of(402)).isEqualTo(Meaning.FATAL);
  }

  @Test
  void aUsersListTakesThePlaceOfTheDefaultOfItsMeaning() {
    var settings = Fixtures.settings("codes", "strict-original", "unknown-codes", "500");

    assertThat(settings.codes().of(500)).isEqualTo(Meaning.UNKNOWN);
    assertThat(settings.codes().of(504)).isEqualTo(Meaning.REJECTED);
  }

  @Test
  void rangesAreTaken() {
    CodeTable statuses = Fixtures.settings("unavailable-http-statuses", "500-504, 520").statuses();

    assertThat(statuses.of(502)).isEqualTo(Meaning.UNAVAILABLE);
    assertThat(statuses.of(520)).isEqualTo(Meaning.UNAVAILABLE);
    assertThat(statuses.of(521)).isEqualTo(Meaning.UNKNOWN);
  }

  @Test
  void aCodeInTwoListsIsAskedAbout() {
    assertThatThrownBy(
            () -> Fixtures.settings("unknown-codes", "500,510", "throttled-codes", "510"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "akamai options 'throttled-codes' and 'unknown-codes' both name 510: leave it in one"
                + " of them");
  }

  @Test
  void nonsenseInAListIsToldWithTheOption() {
    assertThatThrownBy(() -> Fixtures.settings("unknown-codes", "500;510"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "akamai option 'unknown-codes' takes codes and ranges of codes such as 403,500-504,"
                + " not '500;510'");
  }
}
