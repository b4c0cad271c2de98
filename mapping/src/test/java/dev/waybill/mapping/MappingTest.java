package dev.waybill.mapping;

import static dev.waybill.mapping.Run.columns;
import static dev.waybill.mapping.Run.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingTest {

  private static Mapping compile(Map<String, ?> tree, String... columns) {
    return Mapping.compile(MappingSpec.parse(tree), columns(columns));
  }

  private static void assertRefused(String sentence, Map<String, ?> tree, String... columns) {
    assertThatThrownBy(() -> compile(tree, columns))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  @Test
  void identityHandsOnTheVerySameItem() {
    FieldNames columns = columns("email", "name");
    var mapping = Mapping.compile(MappingSpec.IDENTITY, columns);
    var item = Item.of(1, record(columns, "a@b.c", "Ann"));
    var run = new Run();
    mapping.over(run).accept(item);
    assertThat(mapping.isIdentity()).isTrue();
    assertThat(mapping.columns()).isEqualTo(columns);
    assertThat(run.accepted.getFirst()).isSameAs(item);
  }

  @Test
  void keyIsSetAndThePayloadIsStillTheSame() {
    FieldNames columns = columns("email", "name");
    Fields payload = record(columns, "a@b.c", "Ann");
    Run run = Run.of(compile(Map.of("key", "email"), "email", "name"), payload);
    assertThat(run.only()).isSameAs(payload);
    assertThat(run.accepted.getFirst().key()).isEqualTo("a@b.c");
  }

  @Test
  void dottedNamesNest() {
    Run run =
        Run.of(
            Map.of(),
            columns("email", "primaryAddress.city", "primaryAddress.geo.lat", "name"),
            "a@b.c",
            "Rome",
            "41.9",
            "Ann");
    assertThat(run.only().toString())
        .isEqualTo("{email=a@b.c, primaryAddress={city=Rome, geo={lat=41.9}}, name=Ann}");
  }

  @Test
  void recordsShareTheirNames() {
    FieldNames columns = columns("a.b", "a.c");
    Mapping mapping = Mapping.compile(MappingSpec.IDENTITY, columns);
    Run run = Run.of(mapping, record(columns, "1", "2"), record(columns, "3", "4"));
    Fields first = run.accepted.get(0).payload();
    Fields second = run.accepted.get(1).payload();
    assertThat(first.names()).isSameAs(second.names()).isSameAs(mapping.columns());
    assertThat(Run.nested(first.value(0)).names()).isSameAs(Run.nested(second.value(0)).names());
  }

  @Test
  void dotsThatEndOrAreFollowedByABlankDoNotNest() {
    assertThat(compile(Map.of(), "No.", "Tel. home", ".x", "a..b").isIdentity()).isTrue();
  }

  @Test
  void dotsArePartOfTheNameWhereNestingIsOff() {
    assertThat(compile(Map.of("nest", false), "a.b", "a").isIdentity()).isTrue();
  }

  @Test
  void renamedColumnKeepsItsPlace() {
    Run run =
        Run.of(
            Map.of("fields", Map.of("email", "E-Mail")),
            columns("id", "E-Mail", "name"),
            "1",
            "a@b.c",
            "Ann");
    assertThat(run.only().toString()).isEqualTo("{id=1, email=a@b.c, name=Ann}");
  }

  @Test
  void oneColumnMayBecomeTwoFields() {
    Run run =
        Run.of(
            Map.of("fields", Map.of("login", "email", "email", Map.of())),
            columns("email"),
            "a@b.c");
    assertThat(run.only().text("login")).isEqualTo("a@b.c");
    assertThat(run.only().text("email")).isEqualTo("a@b.c");
  }

  @Test
  void columnsCanBeExchanged() {
    Run run = Run.of(Map.of("fields", Map.of("a", "b", "b", "a")), columns("a", "b"), "1", "2");
    assertThat(run.only().text("a")).isEqualTo("2");
    assertThat(run.only().text("b")).isEqualTo("1");
  }

  @Test
  void severalColumnsAreJoinedWithoutTheEmptyOnes() {
    FieldNames columns = columns("first", "middle", "last");
    var field = Map.of("from", List.of("first", "middle", "last"));
    assertThat(Run.field(field, columns, "Ann", null, "Lee").value()).isEqualTo("Ann Lee");
    assertThat(Run.field(field, columns, null, null, null).value()).isNull();
  }

  @Test
  void constantsAreAddedBehindOrTakeAColumnsPlace() {
    var fields =
        Map.of("source", Map.of("value", "import"), "tags", Map.of("value", List.of("a", 1)));
    Run run = Run.of(Map.of("fields", fields), columns("source", "name"), "x", "Ann");
    assertThat(run.only().toString()).isEqualTo("{source=import, name=Ann, tags=[a, 1]}");
  }

  @Test
  void excludedColumnsAreNotHandedOnButMayBeUsed() {
    Run run =
        Run.of(
            Map.of("exclude", List.of("notes", "id"), "key", "id"),
            columns("id", "name", "notes"),
            "7",
            "Ann",
            "…");
    assertThat(run.only().toString()).isEqualTo("{name=Ann}");
    assertThat(run.accepted.getFirst().key()).isEqualTo("7");
  }

  @Test
  void restIsDroppedIfAskedFor() {
    Run run =
        Run.of(
            Map.of("rest", "drop", "fields", Map.of("name", "n")),
            columns("n", "name", "x"),
            "1",
            "2",
            "3");
    assertThat(run.only().toString()).isEqualTo("{name=1}");
  }

  @Test
  void badCellRefusesItsRecordAndTheRestGoesOn() {
    FieldNames columns = columns("email", "birthday");
    var mapping =
        compile(
            Map.of("fields", Map.of("birthday", Map.of("type", "date")), "key", "email"),
            "email",
            "birthday");
    Run run =
        Run.of(
            mapping,
            record(columns, "a@b.c", "12/31/1999"),
            record(columns, "d@e.f", "31/12/1999"),
            record(columns, "g@h.i", "1/2/2000"));
    assertThat(run.accepted).extracting(Item::ordinal).containsExactly(1L, 3L);
    assertThat(run.refused).extracting(Item::key).containsExactly("d@e.f");
    assertThat(run.refused.getFirst().payload()).isEqualTo(record(columns, "d@e.f", "31/12/1999"));
    assertThat(run.reason())
        .isEqualTo("birthday: '31/12/1999' is not a date of the form MM/dd/yyyy");
  }

  @Test
  void reasonNamesTheColumnAndTheField() {
    assertThat(
            Run.field(Map.of("from", "Alter", "type", "integer"), columns("Alter"), "x").reason())
        .isEqualTo("Alter (for field): 'x' is not a whole number");
  }

  @Test
  void longValuesAreCutInReasons() {
    assertThat(
            Run.field(Map.of("from", "a", "type", "integer"), columns("a"), "x".repeat(500))
                .reason())
        .isEqualTo("a (for field): '" + "x".repeat(80) + "…' is not a whole number");
  }

  @Test
  void whatTheSourceRefusesStaysRefusedAndGetsItsKey() {
    FieldNames columns = columns("email");
    var run = new Run();
    compile(Map.of("key", "email"), "email")
        .over(run)
        .refuse(Item.of(4, record(columns, "a@b.c")), Reason.of("the row is too short"));
    assertThat(run.refused.getFirst().key()).isEqualTo("a@b.c");
    assertThat(run.reason()).isEqualTo("the row is too short");
  }

  @Test
  void requiredFieldWithoutAValueRefusesTheRecord() {
    FieldNames columns = columns("a");
    var field = Map.of("from", "a", "required", true, "trim", true);
    assertThat(Run.field(field, columns, "  ").reason())
        .isEqualTo("a (for field) is empty, but it is required");
    assertThat(Run.field(field, columns, " x ").value()).isEqualTo("x");
  }

  @Test
  void defaultStandsInForAnEmptyCell() {
    var field = Map.of("from", "a", "type", "integer", "default", 18, "required", true);
    assertThat(Run.field(field, columns("a"), "").value()).isEqualTo(18);
    assertThat(Run.field(field, columns("a"), "20").value()).isEqualTo(20L);
  }

  @Test
  void textOverItsLengthRefusesTheRecord() {
    var field = Map.of("from", "a", "max-length", 3);
    assertThat(Run.field(field, columns("a"), "😀😀😀").value()).isEqualTo("😀😀😀");
    assertThat(Run.field(field, columns("a"), "four").reason())
        .isEqualTo("a (for field): 'four' is 4 characters long, but 3 is the most allowed");
  }

  @Test
  void trimHoldsForAllFieldsThatSayNothing() {
    var tree = Map.of("trim", true, "fields", Map.of("b", Map.of("trim", false)));
    Run run = Run.of(tree, columns("a", "b", "c"), " x ", " y ", "  ");
    assertThat(run.only().toString()).isEqualTo("{a=x, b= y , c=null}");
  }

  @Test
  void typesAreAppliedInOrder() {
    var field = Map.of("from", "a", "type", List.of("integer", "text"));
    assertThat(Run.field(field, columns("a"), "007").value()).isEqualTo("7");
  }

  @Test
  void nullsAreLeftOutWithTheRecordsThatTheyEmpty() {
    FieldNames columns = columns("a", "b.c", "b.d", "e.f");
    Mapping mapping = compile(Map.of("nulls", "omit"), "a", "b.c", "b.d", "e.f");
    Run run =
        Run.of(
            mapping,
            record(columns, "1", null, "2", null),
            record(columns, "3", null, "4", null),
            record(columns, null, null, null, null),
            record(columns, "1", "2", "3", "4"));
    assertThat(run.accepted.get(0).payload().toString()).isEqualTo("{a=1, b={d=2}}");
    assertThat(run.accepted.get(1).payload().names())
        .isSameAs(run.accepted.get(0).payload().names());
    assertThat(run.accepted.get(2).payload().size()).isZero();
    assertThat(run.accepted.get(3).payload().toString()).isEqualTo("{a=1, b={c=2, d=3}, e={f=4}}");
    assertThat(mapping.columns().size()).isZero();
  }

  @Test
  void nullsAreLeftOutOfVeryWideRecordsToo() {
    String[] names = new String[100];
    Arrays.setAll(names, i -> "c" + i);
    Object[] values = new Object[100];
    values[70] = "x";
    Run run = Run.of(Map.of("nulls", "omit"), columns(names), values);
    assertThat(run.only().toString()).isEqualTo("{c70=x}");
  }

  @Test
  void keyOfSeveralFieldsIsNeverAmbiguous() {
    FieldNames columns = columns("a", "b");
    Run run =
        Run.of(
            compile(Map.of("key", List.of("a", "b")), "a", "b"),
            record(columns, "x|", "y"),
            record(columns, "x", "|y"),
            record(columns, "x\\", "y"),
            record(columns, null, "N"),
            record(columns, "\\N", "N"),
            record(columns, null, null));
    assertThat(run.accepted)
        .extracting(Item::key)
        .containsExactly("x\\||y", "x|\\|y", "x\\\\|y", "\\N|N", "\\\\N|N", null);
  }

  @Test
  void keyIsTheMappedValueAndNamedAsTheDestinationKnowsIt() {
    var tree =
        Map.of("fields", Map.of("email", Map.of("from", "E-Mail", "trim", true)), "key", "E-Mail");
    Mapping mapping = compile(tree, "E-Mail");
    assertThat(mapping.key()).containsExactly("email");
    Run run = Run.of(mapping, record(columns("E-Mail"), " a@b.c "));
    assertThat(run.accepted.getFirst().key()).isEqualTo("a@b.c");
  }

  @Test
  void keyMayBeNested() {
    var tree =
        Map.of("fields", Map.of("id.n", Map.of("from", "n", "type", "integer")), "key", "id.n");
    Run run = Run.of(compile(tree, "n"), record(columns("n"), "07"));
    assertThat(run.accepted.getFirst().key()).isEqualTo("7");
  }

  @Test
  void unknownColumnIsNamedWithTheNearest() {
    assertRefused(
        "mapping: the field 'email' comes from the column 'E-mial', which the source does not have"
            + " (did you mean 'E-Mail'?); its columns are id, E-Mail, name",
        Map.of("fields", Map.of("email", "E-mial")),
        "id",
        "E-Mail",
        "name");
    assertRefused(
        "mapping: 'exclude' names the column 'zzz', which the source does not have; its columns are id",
        Map.of("exclude", "zzz"),
        "id");
    assertRefused(
        "mapping: the key names 'Nmae', which is neither a field nor a column (did you mean 'name'?);"
            + " there are id, name",
        Map.of("key", "Nmae", "fields", Map.of("name", Map.of("value", 1))),
        "id");
  }

  @Test
  void unknownTypeIsNamedWithThoseThatThereAre() {
    assertRefused(
        "mapping: the field 'a' has the type 'int', which there is not; the types are boolean,"
            + " clumsy, country-code, date, datetime, gender, integer, json, list, number, password,"
            + " plural, text",
        Map.of("fields", Map.of("a", Map.of("type", "int"))),
        "a");
  }

  @Test
  void fieldThatWouldHideAColumnIsRefused() {
    assertRefused(
        "mapping: the field 'email' comes from elsewhere, but there is a column 'email' too;"
            + " exclude that column or map it to another field",
        Map.of("fields", Map.of("email", "E-Mail")),
        "email",
        "E-Mail");
    assertThat(
            compile(
                    Map.of("fields", Map.of("email", "E-Mail"), "exclude", "email"),
                    "email",
                    "E-Mail")
                .columns()
                .asList())
        .containsExactly("email");
  }

  @Test
  void nameThatIsBothAValueAndAParentIsRefused() {
    assertRefused(
        "mapping: the field 'a' can not have a value of its own and hold others ('a.b') too;"
            + " rename one of them, or set 'nest' to false",
        Map.of(),
        "a",
        "a.b");
    assertRefused(
        "mapping: the field 'a' can not have a value of its own and hold others ('a.…') too;"
            + " rename one of them, or set 'nest' to false",
        Map.of(),
        "a.b",
        "a");
  }

  @Test
  void recordsThatDifferAreMappedEachByItsShape() {
    var fields = new HashMap<String, Object>();
    fields.put("city", "address.city");
    fields.put("age", Map.of("type", "integer"));
    Mapping mapping = Mapping.compile(MappingSpec.parse(Map.of("fields", fields)), FieldNames.of());
    Fields address = record(columns("city"), "Rome");
    Run run =
        Run.of(
            mapping,
            record(columns("name", "address"), "Ann", address),
            record(columns("age"), 7L),
            record(columns("age"), "x"));
    assertThat(run.accepted.get(0).payload().text("city")).isEqualTo("Rome");
    assertThat(run.accepted.get(0).payload().text("name")).isEqualTo("Ann");
    assertThat(run.accepted.get(1).payload().get("age")).isEqualTo(7L);
    assertThat(run.reason()).isEqualTo("age: 'x' is not a whole number");
    assertThat(mapping.columns().size()).isZero();
  }

  @Test
  void recordWhoseOwnFieldsConflictIsRefusedAlone() {
    Mapping mapping = Mapping.compile(MappingSpec.IDENTITY, FieldNames.of());
    Run run = Run.of(mapping, record(columns("a", "a.b"), "1", "2"), record(columns("a"), "1"));
    assertThat(run.accepted).hasSize(1);
    assertThat(run.reason()).startsWith("mapping: the field 'a' can not have a value of its own");
  }
}
