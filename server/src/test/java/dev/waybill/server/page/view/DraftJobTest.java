package dev.waybill.server.page.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.spi.Option;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DraftJobTest {

  private static final Connectors CONNECTORS = Connectors.found();
  private static final Map<String, String> FIELDS =
      Map.of("files", "a.csv\nb.csv", "to", "sqlite:x.db", "destination.option.table", "people");

  @Test
  void fieldsBecomeAJobAndAJobFields() {
    Job job = job(draft(FIELDS, "key: email\nfields:\n  email: { required: true }")).job();

    assertThat(job.files()).containsExactly("a.csv", "b.csv");
    assertThat(job.destinationOptions()).containsEntry("table", "people");
    assertThat(job.mapping()).containsEntry("key", "email");
    Draft again = Draft.EMPTY.withJob(job);
    assertThat(again.fields()).isEqualTo(FIELDS);
    assertThat(job(again).job()).isEqualTo(job);
  }

  @Test
  void mistakeInTheMappingIsToldWithItsOwnLine() {
    assertThat(trouble(draft(FIELDS, "key: email\nfields: [")))
        .satisfies(
            trouble -> {
              assertThat(trouble.field()).isEqualTo("mapping");
              assertThat(trouble.sentence()).startsWith("Line ");
            });
  }

  @Test
  void settingOfTheWrongFormIsToldAtItsField() {
    assertThat(trouble(draft(with("policy.rate", "fast"), "")))
        .isEqualTo(
            new EditorView.Trouble(
                "policy.rate",
                "policy.rate takes a number from 0 on, where 0 is unlimited, not 'fast'."));
  }

  @Test
  void whatIsMissingIsToldAtItsField() {
    assertThat(trouble(draft(Map.of("to", "sqlite:x.db"), "")).field()).isEqualTo("files");
    assertThat(trouble(draft(Map.of("files", "a.csv"), "")).field()).isEqualTo("to");
    assertThat(trouble(draft(with("to", "gopher:x"), "")).field()).isEqualTo("to");
    assertThat(trouble(Draft.EMPTY).field()).isEqualTo("files");
  }

  @Test
  void passwordInTheAddressIsRefused() {
    assertThat(trouble(draft(with("to", "postgresql://me:hush@db/x"), "")))
        .satisfies(
            trouble -> {
              assertThat(trouble.field()).isEqualTo("to");
              assertThat(trouble.sentence()).doesNotContain("hush");
            });
  }

  @Test
  void optionsOfAnotherKindOfDestinationAreLeftBehind() {
    Job job = job(draft(with("destination.option.auth", "bearer"), "")).job();

    assertThat(job.destinationOptions()).doesNotContainKey("auth");
  }

  @Test
  void mistakeInAWholeJobIsToldWithItsLine() {
    Draft draft =
        Draft.EMPTY
            .withText("source:\n  files: a.csv\ndestination:\n  too: sqlite:x.db\n")
            .written(true);

    assertThat(trouble(draft).field()).isEqualTo("job");
    assertThat(trouble(draft).sentence()).startsWith("Line 4: destination has no 'too'");
  }

  @Test
  void presetHasFieldsOfItsOwn() {
    var options = job(draft(with("to", "hubspot:contacts"), "")).destinationOptions();

    assertThat(options)
        .filteredOn(option -> option.kind() == Option.Kind.SECRET)
        .extracting(Option::name)
        .contains("token");
    assertThat(options)
        .filteredOn(option -> option.name().equals("mode"))
        .flatExtracting(Option::choices)
        .containsExactly("upsert", "create", "update");
  }

  private static Map<String, String> with(String name, String value) {
    var fields = new HashMap<>(FIELDS);
    fields.put(name, value);
    return fields;
  }

  private static Draft draft(Map<String, String> fields, String mapping) {
    return new Draft(
        "x", "", fields, mapping, "", false, "none", "", "UTC", "1h", "", true, "0", false);
  }

  private static DraftJob job(Draft draft) {
    return new DraftJob(draft, CONNECTORS);
  }

  private static EditorView.Trouble trouble(Draft draft) {
    DraftJob job = job(draft);
    return job.trouble(catchThrowableOfType(UserException.class, job::job));
  }
}
