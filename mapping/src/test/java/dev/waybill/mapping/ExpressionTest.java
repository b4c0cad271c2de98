package dev.waybill.mapping;

import static dev.waybill.mapping.Run.columns;
import static dev.waybill.mapping.Run.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.FieldNames;
import dev.waybill.Item;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  private static final FieldNames COLUMNS =
      columns("firstName", "lastName", "age", "primaryAddress.city", "E-Mail", "none");

  private static Run run(String expression) {
    return Run.field(
        Map.of("expression", expression), COLUMNS, "Ann", "Lee", "41", "Rome", "a@b.c", null);
  }

  private static @Nullable Object value(String expression) {
    return run(expression).value();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$uppercase(lastName) | \"LEE\"",
        "firstName & ' ' & lastName | \"Ann Lee\"",
        "$number(age) + 1 | 42",
        "$number(age) / 2 | 20.5",
        "$number(age) >= 18 | true",
        "primaryAddress.city | \"Rome\"",
        "`primaryAddress.city` | \"Rome\"",
        "`E-Mail` | \"a@b.c\"",
        "none | null",
        "noSuchColumn | null",
        "{'a': [1, none, {'b': firstName}]} | {\"a\":[1,null,{\"b\":\"Ann\"}]}",
        "$substringAfter(`E-Mail`, '@') | \"b.c\"",
        "primaryAddress | {\"city\":\"Rome\"}"
      })
  void expressionsSeeColumnsPlainAndNested(String expression, String json) {
    assertThat(Json.text(value(expression))).isEqualTo(json);
  }

  @Test
  void wholeRecordIsThereToo() {
    assertThat(Run.nested(value("$")).text("lastName")).isEqualTo("Lee");
    assertThat(value("$count($keys($))")).isEqualTo(7L);
  }

  @Test
  void resultMayBeTyped() {
    var field = Map.of("expression", "$number(age) & ''", "type", "integer", "required", true);
    assertThat(Run.field(field, columns("age"), "41").value()).isEqualTo(41L);
  }

  @Test
  void expressionTakesTheColumnsPlaceAndSeesWhatWasThere() {
    var tree = Map.of("fields", Map.of("lastName", Map.of("expression", "$uppercase(lastName)")));
    assertThat(Run.of(tree, columns("lastName", "x"), "Lee", "1").only().toString())
        .isEqualTo("{lastName=LEE, x=1}");
  }

  @Test
  void mistakeIsShownWithItsPlace() {
    assertThatThrownBy(() -> run("$uppercase("))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "mapping: the field 'field': the expression $uppercase( is wrong at character 11:"
                + " Expected \")\" before end of expression");
  }

  @Test
  void unknownFunctionIsFoundBeforeTheFirstRecord() {
    assertThatThrownBy(() -> run("$upperCase(lastName)"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "mapping: the field 'field': the expression $upperCase(lastName) is wrong at character 11:"
                + " Attempted to invoke a non-function");
  }

  @Test
  void failureRefusesItsRecordAndTheRestGoesOn() {
    FieldNames columns = columns("age");
    var spec =
        MappingSpec.parse(Map.of("fields", Map.of("age", Map.of("expression", "$number(age)"))));
    Run run =
        Run.of(
            Mapping.compile(spec, columns),
            record(columns, "1"),
            record(columns, "old"),
            record(columns, "3"));
    assertThat(run.accepted).extracting(Item::ordinal).containsExactly(1L, 3L);
    assertThat(run.reason())
        .isEqualTo("age: the expression $number(age) failed: For input string: \"old\"");
  }

  @Test
  void userMayRefuseByAnError() {
    assertThat(run("$number(age) > 40 ? $error('too old') : age").reason())
        .isEqualTo(
            "field: the expression $number(age) > 40 ? $error('too old') : age failed: too old");
  }

  @Test
  void recursionWithoutEndIsStopped() {
    assertThat(run("( $f := function($n){ 1 + $f($n + 1) }; $f(1) )").reason())
        .contains("Stack overflow error");
  }

  @Test
  void loopWithoutEndIsStopped() {
    String loop = "( $f := function(){ $f() }; $f() )";
    var expression = new Expression("field", loop, COLUMNS, 20);
    assertThatThrownBy(
            () -> expression.from(record(COLUMNS, "Ann", "Lee", "41", "Rome", "x", null)))
        .hasMessageEndingWith("failed: Expression evaluation timeout: Check for infinite loop");
  }

  @Test
  void longChainsAreNotTakenForRecursion() {
    String chain = "'x'" + " & 'x'".repeat(200);
    assertThat(value(chain)).isEqualTo("x".repeat(201));
  }

  @Test
  void listOfMillionsIsRefused() {
    assertThat(run("[0..9999999]").reason())
        .endsWith("its list has 10000000 elements, and 100000 is the most");
  }

  @Test
  void functionIsNoValue() {
    assertThat(run("function($x){$x}").reason()).endsWith("it gives a function, not a value");
  }

  @Test
  void oneMappingServesSeveralThreads() throws Exception {
    FieldNames columns = columns("n");
    var spec =
        MappingSpec.parse(
            Map.of("fields", Map.of("n", Map.of("expression", "( $x := $number(n); $x + $x )"))));
    Mapping mapping = Mapping.compile(spec, columns);
    Callable<Boolean> worker =
        () ->
            IntStream.range(0, 2_000)
                .allMatch(
                    n ->
                        Long.valueOf(2L * n)
                            .equals(Run.of(mapping, record(columns, "" + n)).only().get("n")));
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var done : threads.invokeAll(List.of(worker, worker, worker, worker))) {
        assertThat(done.get()).isTrue();
      }
    }
  }
}
