package dev.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.mapping.FieldSpec.Presence;
import dev.waybill.mapping.FieldSpec.Trimming;
import dev.waybill.mapping.MappingSpec.Nesting;
import dev.waybill.mapping.MappingSpec.Nulls;
import dev.waybill.mapping.MappingSpec.Rest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MappingSpecTest {

  private static MappingSpec parse(String json) {
    return MappingSpec.parse(tree(json));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tree(String json) {
    return (Map<String, Object>) Objects.requireNonNull(Values.plain(Json.read(json)));
  }

  private static FieldSpec field(String json) {
    return parse("{\"fields\": {\"f\": " + json + "}}").fields().getFirst();
  }

  private static void assertRefused(String json, String sentence) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(UserException.class).hasMessage(sentence);
  }

  @Test
  void nothingSaidIsTheIdentity() {
    assertThat(parse("{}")).isEqualTo(MappingSpec.IDENTITY);
  }

  @Test
  void everythingSaidIsRead() {
    assertThat(
            parse(
                """
                {"rest": "drop", "exclude": ["a"], "key": ["b", "c"], "trim": true, "nulls": "omit",
                 "nest": false, "fields": {"f": {"from": ["x", "y"], "separator": "-",
                 "type": ["text", "list:;"], "required": true, "default": [1], "max-length": 5,
                 "trim": false}}}
                """))
        .isEqualTo(
            new MappingSpec(
                List.of(
                    new FieldSpec(
                        "f",
                        new From.Columns(List.of("x", "y"), "-"),
                        List.of(new TypeSpec("text", null), new TypeSpec("list", ";")),
                        Presence.REQUIRED,
                        List.of(1L),
                        5,
                        Trimming.EXACT)),
                Rest.DROP,
                Set.of("a"),
                List.of("b", "c"),
                Trimming.TRIM,
                Nulls.OMIT,
                Nesting.FLAT));
  }

  @Test
  void fieldIsAColumnOrAMap() {
    assertThat(field("\"Column\"")).isEqualTo(FieldSpec.of("f", From.column("Column")));
    assertThat(field("null")).isEqualTo(FieldSpec.of("f", From.column("f")));
    assertThat(field("{}")).isEqualTo(FieldSpec.of("f", From.column("f")));
    assertThat(field("{\"value\": null}")).isEqualTo(FieldSpec.of("f", new From.Constant(null)));
    assertThat(field("{\"value\": {\"a\": 1}}").from())
        .isEqualTo(new From.Constant(Fields.of(FieldNames.of("a"), 1L)));
    assertThat(field("{\"expression\": \"a & b\"}").from()).isEqualTo(new From.Expression("a & b"));
  }

  @Test
  void formatIsTheTypesSetting() {
    assertThat(field("{\"type\": \"date\", \"format\": \"dd.MM.yyyy\"}").types())
        .containsExactly(TypeSpec.parse("date:dd.MM.yyyy"));
    assertThat(
            field(
                    "{\"type\": \"date\", \"format\": {\"in\": [\"dd.MM.yyyy\", \"yyyy\"], \"out\": \"MM/dd/yyyy\"}}")
                .types())
        .containsExactly(TypeSpec.parse("date:dd.MM.yyyy|yyyy to MM/dd/yyyy"));
  }

  @Test
  void mistakesAreToldWithTheirPlace() {
    assertRefused(
        "{\"exlude\": []}",
        "mapping has 'exlude', which there is not (did you mean 'exclude'?); there are fields, rest,"
            + " exclude, key, trim, nulls, nest");
    assertRefused(
        "{\"fields\": {\"a\": {\"form\": \"b\"}}}",
        "mapping: the field 'a' has 'form', which there is not (did you mean 'from'?); there are from,"
            + " separator, value, expression, type, format, required, default, max-length, trim");
    assertRefused(
        "{\"fields\": {\"a\": 5}}",
        "mapping: the field 'a' takes a column's name, or a map with 'from', 'type' …");
    assertRefused(
        "{\"fields\": {\"a\": {\"from\": \"b\", \"value\": 1}}}",
        "mapping: the field 'a' takes one of 'from', 'value' and 'expression'");
    assertRefused("{\"fields\": []}", "mapping: 'fields' takes a map, not []");
    assertRefused("{\"trim\": \"yes\"}", "mapping: 'trim' takes true or false, not yes");
    assertRefused("{\"nulls\": \"drop\"}", "mapping: 'nulls' takes keep or omit, not drop");
    assertRefused(
        "{\"fields\": {\"a\": {\"max-length\": 0}}}",
        "mapping: the field 'a': 'max-length' takes a whole number above 0, not 0");
    assertRefused(
        "{\"fields\": {\"a\": {\"format\": \"x\"}}}",
        "mapping: the field 'a' has a 'format', which needs exactly one 'type' without a colon");
  }

  @Test
  void yamlDateAsAConstantIsToBeQuoted() {
    assertThatThrownBy(
            () ->
                MappingSpec.parse(Map.of("fields", Map.of("a", Map.of("value", LocalDate.EPOCH)))))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("put it in quotes");
  }

  @Test
  void schemaHasTheNamesThatAreRead() throws IOException {
    try (var in = MappingSpec.class.getResourceAsStream("mapping.schema.json")) {
      Fields schema = Run.nested(Json.read(Objects.requireNonNull(in).readAllBytes()));
      Fields field = Run.nested(Run.nested(schema.get("$defs")).get("field"));
      assertThat(names(schema)).containsExactlyElementsOf(SpecReader.KEYS);
      assertThat(names(field)).containsExactlyElementsOf(SpecReader.FIELD_KEYS);
    }
  }

  private static List<String> names(Fields schema) {
    return Run.nested(schema.get("properties")).names().asList();
  }
}
