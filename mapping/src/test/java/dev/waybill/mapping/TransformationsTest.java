package dev.waybill.mapping;

import static dev.waybill.mapping.Run.columns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformationsTest {

  private static final FieldNames A = columns("a");

  private static @Nullable Object make(String type, @Nullable Object cell) {
    return Run.field(Map.of("from", "a", "type", type), A, cell).value();
  }

  private static String reason(String type, Object cell) {
    return Run.field(Map.of("from", "a", "type", type), A, cell)
        .reason()
        .replace("a (for field): ", "");
  }

  @Test
  void emptyCellIsNull() {
    for (String type :
        List.of(
            "text",
            "integer",
            "number",
            "boolean",
            "date",
            "datetime",
            "json",
            "gender",
            "password")) {
      assertThat(make(type, null)).as(type).isNull();
      assertThat(make(type, "")).as(type).isNull();
    }
  }

  @Test
  void emptyPluralIsAnEmptyList() {
    assertThat(make("plural", null)).isEqualTo(List.of());
    assertThat(make("list", "")).isEqualTo(List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "TRUE", "t", "yes", "Y", "on", "1", " true "})
  void wordsForTrue(String cell) {
    assertThat(make("boolean", cell)).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "False", "f", "no", "N", "off", "0"})
  void wordsForFalse(String cell) {
    assertThat(make("boolean", cell)).isEqualTo(false);
  }

  @Test
  void neitherTrueNorFalse() {
    assertThat(reason("boolean", "maybe"))
        .isEqualTo("'maybe' is neither true nor false (yes, no, t, f, 1, 0)");
  }

  @ParameterizedTest
  @CsvSource({
    "M,male",
    "Female,female",
    "o,other",
    "n/a,not specified",
    "NS,not specified",
    "x,not specified"
  })
  void gendersAsTheOriginalHasThem(String cell, String expected) {
    assertThat(make("gender", cell)).isEqualTo(expected);
  }

  @Test
  void integersOfAnySize() {
    assertThat(make("integer", "-42")).isEqualTo(-42L);
    assertThat(make("integer", "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(make("integer", "9223372036854775808"))
        .isEqualTo(new BigInteger("9223372036854775808"));
    assertThat(make("integer", new BigDecimal("5.00"))).isEqualTo(5L);
    assertThat(reason("integer", "1.5")).isEqualTo("'1.5' is not a whole number");
    assertThat(reason("integer", new BigDecimal("1e999999999"))).endsWith("is not a whole number");
    assertThat(reason("integer", "9".repeat(1_001))).endsWith("is not a whole number");
  }

  @Test
  void numbersKeepTheirLastDigit() {
    assertThat(make("number", "0.1000000000000000055"))
        .isEqualTo(new BigDecimal("0.1000000000000000055"));
    assertThat(make("number", "1e3")).isEqualTo(new BigDecimal("1e3"));
    assertThat(make("number", 5L)).isEqualTo(5L);
    assertThat(reason("number", "NaN")).isEqualTo("'NaN' is not a number such as 12.5");
    assertThat(reason("number", "1,5")).isEqualTo("'1,5' is not a number such as 12.5");
  }

  @ParameterizedTest
  @CsvSource({
    "date,12/31/1999,1999-12-31 00:00:00",
    "date,1/2/1999,1999-01-02 00:00:00",
    "date:dd.MM.yyyy,31.12.1999,1999-12-31 00:00:00",
    "date:dd.MM.yyyy to yyyy-MM-dd,31.12.1999,1999-12-31",
    "date:dd.MM.yyyy|yyyy-MM-dd to dd MMM yyyy,1999-12-31,31 Dec 1999",
    "date:d MMM yyyy,3 jan 1999,1999-01-03 00:00:00",
    "datetime,1999-12-31 23:59:58,1999-12-31 23:59:58",
    "datetime,1999-12-31T23:59:58Z,1999-12-31 23:59:58",
    "datetime,1999-12-31T23:59:58.5+02:00,1999-12-31 21:59:58",
    "datetime,1999-12-31T23:59,1999-12-31 23:59:00",
    "datetime:yyyyMMdd,19991231,1999-12-31 00:00:00",
    "datetime:yyyy-MM-dd HH:mm VV,1999-12-31 23:30 America/New_York,2000-01-01 04:30:00",
    "date:yyyy-MM-dd'T'HH:mmXXX,1999-12-31T23:59-05:00,1999-12-31 00:00:00",
    "datetime:dd.MM.yyyy HH:mm to yyyy-MM-dd'T'HH:mm:ss'Z',31.12.1999 07:05,1999-12-31T07:05:00Z"
  })
  void datesFromOneFormToAnother(String type, String cell, String expected) {
    assertThat(make(type, cell)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"31/12/1999", "02/30/2024", "12/31/99", "12/31/1999x", "1999-12-31"})
  void datesThatAreNone(String cell) {
    assertThat(reason("date", cell))
        .isEqualTo("'" + cell + "' is not a date of the form MM/dd/yyyy");
  }

  @Test
  void reasonNamesAllFormsThatAreRead() {
    assertThat(reason("date:dd.MM.yyyy|yyyy-MM-dd", "x"))
        .isEqualTo("'x' is not a date of the form dd.MM.yyyy or yyyy-MM-dd");
    assertThat(reason("datetime", "x"))
        .isEqualTo("'x' is not a time of the form yyyy-MM-dd HH:mm:ss");
  }

  @Test
  void formThatIsNoneIsRefusedAtTheStart() {
    assertThatThrownBy(() -> make("date:MM/bb/yyyy", "x"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "mapping: the field 'field': 'MM/bb/yyyy' is not a date's form such as MM/dd/yyyy:"
                + " Unknown pattern letter: b");
    assertThatThrownBy(() -> make("date:MM/dd/yyyy to XXX", "x"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the form 'XXX' can not be written");
    assertThatThrownBy(() -> make("integer:5", "x"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "mapping: the field 'field': the type 'integer' takes no setting, but '5' was given: integer");
  }

  @Test
  void jsonTextBecomesWhatItSays() {
    assertThat(make("json", "{\"a\": [1, null, 2.50]}")).hasToString("{a=[1, null, 2.50]}");
    assertThat(make("json", "null")).isNull();
    assertThat(reason("json", "{")).startsWith("'{' is not JSON: ");
  }

  @Test
  void pluralIsAJsonArray() {
    assertThat(Json.text(make("plural", "[{\"type\": \"home\"}]")))
        .isEqualTo("[{\"type\":\"home\"}]");
    assertThat(reason("plural", "{}")).isEqualTo("'{}' is not a JSON array such as [\"a\", \"b\"]");
    assertThat(reason("plural", "[1,")).startsWith("'[1,' is not JSON: ");
  }

  @Test
  void listIsSplitAtItsSeparator() {
    assertThat(make("list", "a, b,,c")).isEqualTo(List.of("a", "b", "c"));
    assertThat(make("list:;", "a,1;b")).isEqualTo(List.of("a,1", "b"));
  }

  @Test
  void textOfARecordIsJson() {
    assertThat(make("text", Fields.of(columns("x"), 1L))).isEqualTo("{\"x\":1}");
    assertThat(make("text", 1L)).isEqualTo("1");
  }

  @Test
  void saltedShaPasswordAsTheOriginalReadsIt() {
    // 20 bytes of digest 0..19, then 8 of salt 20..27
    assertThat(Json.text(make("password", "{SSHA}AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw==")))
        .isEqualTo(
            "{\"type\":\"password-saltedsha-1-right-base64\","
                + "\"value\":\"AAECAwQFBgcICQoLDA0ODxAREhM=\",\"salt\":\"FBUWFxgZGhs=\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "password,$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW,password-bcrypt",
    "password,$5$salt$hash,password-crypt-sha256",
    "password,$6$salt$hash,password-crypt-sha512",
    "password:password-sha-256,abcdef,password-sha-256"
  })
  void passwordHashesAreKnownByTheirBeginningOrNamed(String type, String hash, String expected) {
    assertThat(Json.text(make(type, hash)))
        .isEqualTo("{\"type\":\"" + expected + "\",\"value\":\"" + hash + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret123", "{SSHA}secret123!", "{SSHA}c2VjcmV0", "$2b$secret"})
  void passwordsAreNeverShown(String password) {
    assertThat(reason("password", password))
        .startsWith("the value (not shown) is not a ")
        .doesNotContain("secret", "c2Vj");
  }

  @Test
  void usersOwnTransformationIsATypeLikeAnyOther() {
    assertThat(make("country-code", "Canada")).isEqualTo("CA");
    assertThat(reason("country-code", "Narnia"))
        .isEqualTo("'Narnia' is not a country that we deliver to");
  }

  @Test
  void bugInAUsersTransformationCostsItsRecordOnly() {
    assertThat(reason("clumsy", "ab"))
        .startsWith("'ab' made the transformation 'clumsy' fail: java.lang.StringIndexOutOfBounds");
    assertThat(make("clumsy", "abcd")).isEqualTo("d");
  }
}
