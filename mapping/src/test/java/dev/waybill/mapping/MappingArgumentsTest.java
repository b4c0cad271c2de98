package dev.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingArgumentsTest {

  @Test
  void shortSpellingsMakeTheSameMappingAsAJobFile() {
    MappingSpec fromArguments =
        new MappingArguments()
            .map("birthday=Geburtstag")
            .type("birthday=date:MM/dd/yyyy")
            .require("birthday")
            .set("source=a=b")
            .expression("name=first & ' ' & last")
            .exclude("notes, x")
            .exclude("y")
            .key("email,country")
            .spec();
    MappingSpec fromFile =
        MappingSpec.parse(
            Map.of("exclude", List.of("notes", "x", "y"), "key", List.of("email", "country")));
    assertThat(fromArguments)
        .isEqualTo(
            new MappingSpec(
                List.of(
                    new FieldSpec(
                        "birthday",
                        From.column("Geburtstag"),
                        List.of(new TypeSpec("date", "MM/dd/yyyy")),
                        FieldSpec.Presence.REQUIRED,
                        null,
                        0,
                        null),
                    FieldSpec.of("source", new From.Constant("a=b")),
                    FieldSpec.of("name", new From.Expression("first & ' ' & last"))),
                fromFile.rest(),
                fromFile.exclude(),
                fromFile.key(),
                fromFile.trimming(),
                fromFile.nulls(),
                fromFile.nesting()));
  }

  @Test
  void theyGoOnTopOfAJobFile() {
    Map<String, ?> file =
        Map.of(
            "key",
            "id",
            "exclude",
            "a",
            "fields",
            Map.of(
                "born", Map.of("from", "Born", "type", "date", "format", "yyyy", "max-length", 9)));
    MappingSpec spec =
        new MappingArguments(file)
            .key("email")
            .exclude("b")
            .type("born=text")
            .map("born=Birth")
            .spec();
    assertThat(spec.key()).containsExactly("email");
    assertThat(spec.exclude()).containsExactlyInAnyOrder("a", "b");
    assertThat(spec.fields())
        .containsExactly(
            new FieldSpec(
                "born",
                From.column("Birth"),
                List.of(TypeSpec.parse("text")),
                FieldSpec.Presence.OPTIONAL,
                null,
                9,
                null));
    assertThat(file.get("key")).isEqualTo("id");
  }

  @Test
  void argumentWithoutEqualsSignIsRefused() {
    assertThatThrownBy(() -> new MappingArguments().map("email"))
        .isInstanceOf(UserException.class)
        .hasMessage("--map takes FIELD=COLUMN, not 'email'");
    assertThatThrownBy(() -> new MappingArguments().type("=date"))
        .isInstanceOf(UserException.class)
        .hasMessage("--type takes FIELD=TYPE, not '=date'");
  }

  @Test
  void trimHoldsForEveryField() {
    assertThat(new MappingArguments().trim().spec())
        .isEqualTo(MappingSpec.parse(Map.of("trim", true)));
  }
}
