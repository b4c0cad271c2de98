package dev.waybill.files;

import static dev.waybill.files.Reading.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSourceTest {

  @TempDir Path directory;

  static JsonLinesSource open(Path file, int chunkSize, int maxRowBytes) {
    return JsonLinesSource.open(Locations.expand(List.of(file.toString())), maxRowBytes, chunkSize);
  }

  private Reading read(String content) {
    try (var source = open(file(directory, "in.jsonl", content), 5, 64)) {
      var reading = Reading.of(source);
      Accounting.check(source, reading, content.getBytes(StandardCharsets.UTF_8));
      return reading;
    }
  }

  @Test
  void eachLineIsARecordWithFieldsOfItsOwn() {
    var reading = read("\uFEFF{\"a\":1}\r\n\n{\"b\":{\"c\":[\"ü\"]}}");
    assertThat(reading.items())
        .extracting(Item::payload)
        .containsExactly(
            Fields.of(FieldNames.of("a"), 1L),
            Fields.of(FieldNames.of("b"), Fields.of(FieldNames.of("c"), List.of("ü"))));
    assertThat(reading.lines()).containsExactly(1L, 3L);
  }

  @Test
  void lineThatIsNoObjectIsRefusedAndTheRestGoesOn() {
    var reading = read("[1]\n7\n{\"a\":1}\n\"x\"\nnull\ntrue\n");
    assertThat(reading.complaints())
        .containsExactly(
            "Line 1 is a list, but a record is an object.",
            "Line 2 is a number, but a record is an object.",
            "Line 4 is a text, but a record is an object.",
            "Line 5 is null, but a record is an object.",
            "Line 6 is true or false, but a record is an object.");
    assertThat(reading.rows()).hasSize(1);
  }

  @Test
  void lineThatIsNotJsonIsRefusedWithLineAndColumn() {
    var reading = read("{\"a\":1}\n{\"a\": x}\n{\"a\":1} 2\n{\"a\":1,\"a\":2}\n{\"a\":\n");
    assertThat(reading.rows()).hasSize(1);
    assertThat(reading.complaints()).hasSize(4);
    assertThat(reading.complaints().get(0)).startsWith("Line 2, column 7 is not JSON: ");
    assertThat(reading.complaints().get(1)).startsWith("Line 3, column ");
    assertThat(reading.complaints().get(2)).contains("Duplicate Object property \"a\"");
    assertThat(reading.complaints().get(3)).startsWith("Line 5, column ");
  }

  @Test
  void lineOverTheSizeLimitIsRefusedInParts() {
    var reading = read("{\"a\":\"" + "x".repeat(100) + "\"}\n{\"a\":1}\n");
    assertThat(reading.complaints())
        .containsExactly(
            "Line 1 has a row of more than 64 bytes (max-row-bytes); this is part 1 of it.",
            "Line 1 has a row of more than 64 bytes (max-row-bytes); this is part 2 of it.");
    assertThat(reading.rows()).hasSize(1);
    assertThat(reading.lines().getLast()).isEqualTo(2);
  }
}
