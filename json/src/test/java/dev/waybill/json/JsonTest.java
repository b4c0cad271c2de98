package dev.waybill.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JsonTest {

  @Test
  void recordsKeepTheOrderOfTheirFields() {
    var record =
        Fields.of(
            FieldNames.of("name", "address", "tags", "age", "gone"),
            "Zoë \"Z\"",
            Fields.of(FieldNames.of("city"), "Köln"),
            Arrays.asList("a", null, true),
            42L,
            null);

    assertThat(Json.text(record))
        .isEqualTo(
            "{\"name\":\"Zoë \\\"Z\\\"\",\"address\":{\"city\":\"Köln\"},"
                + "\"tags\":[\"a\",null,true],\"age\":42,\"gone\":null}");
    assertThat(Json.read(Json.bytes(record))).isEqualTo(record);
  }

  @Test
  void numbersLoseNoDigit() {
    String text = "[9007199254740993,123456789012345678901234567890,0.10,1E400]";

    Object value = Json.read(text);

    assertThat(Json.text(value))
        .isEqualTo("[9007199254740993,123456789012345678901234567890,0.10,1E+400]");
    assertThat((List<?>) value).hasSize(4);
  }

  @Test
  void whatIsNotOneJsonValueIsRefused() {
    for (String text : List.of("", "{", "[1,]", "{} {}", "{\"a\":1,\"a\":2}", "nul")) {
      assertThatThrownBy(() -> Json.read(text)).as(text).isInstanceOf(JacksonException.class);
    }
  }

  @Test
  void whatHasNoJsonFormIsRefused() {
    assertThatThrownBy(() -> Json.text(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Json.text(new Object())).hasMessageContaining("java.lang.Object");
  }
}
