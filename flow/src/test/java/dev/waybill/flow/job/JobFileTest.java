package dev.waybill.flow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobFileTest {

  private static final String JOB =
      """
      # a comment
      source:
        files: [a.csv, b.csv]
        format: csv
        start-at: 3
        options: {delimiter: ";"}
      destination:
        to: https://api.example.com/people
        options:
          token: env:TOKEN
          gzip: true
      mapping:
        key: [email]
        trim: true
        fields:
          age: {from: Age, type: integer}
          origin: {value: 7}
      policy:
        rate: 4
        fail-after: 10%
        order: per-key
      """;

  @Test
  void keyedFlowHasAPartOfItsOwn() {
    Job job =
        parsed(
            """
            source: {from: "sqlite:crm.db", options: {table: customer}}
            destination: {to: "sqlite:copy.db"}
            sync: {key: [tenant, id], mode: mirror, retry: backoff, max-deletes: 10%, full: true}
            """);
    assertThat(job.isSync()).isTrue();
    assertThat(job.files()).containsExactly("sqlite:crm.db");
    assertThat(job.mappingSpec().key()).containsExactly("tenant", "id");
    assertThat(job.sync().mode()).isEqualTo(SyncRules.Mode.MIRROR);
    assertThat(job.sync().retry()).isEqualTo(SyncRules.Retry.BACKOFF);
    assertThat(job.sync().extent()).isEqualTo(SyncRules.Extent.ALL);
    assertThat(job.sync().maxDeletes().passedBy(10, 100)).isFalse();
    assertThat(job.sync().maxDeletes().passedBy(11, 100)).isTrue();
    assertThat(parsed(Json.text(job.tree()))).isEqualTo(job);
  }

  @Test
  void partSyncMayBeEmptyAndWrongValuesAreTold() {
    assertThat(
            parsed("{source: {files: a.csv}, destination: {to: sim}, sync: {key: id}}")
                .sync()
                .mode())
        .isEqualTo(SyncRules.Mode.UPSERT);
    assertThatThrownBy(
            () -> parsed("{source: {files: a}, destination: {to: sim}, sync: {mode: mirrors}}"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("takes upsert, mirror, create, update or append, not 'mirrors'");
    JobSettings noSync = JobFile.parse("job.yaml", "{source: {files: a}, destination: {to: sim}}");
    noSync.flag(JobKey.FULL, "true");
    assertThatThrownBy(noSync::job)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("--full is for flows that are kept equal by key");
  }

  private static Job parsed(String text) {
    return JobFile.parse("job.yaml", text).job();
  }

  private static void refuses(String text, String... sentence) {
    assertThatThrownBy(() -> parsed(text))
        .isInstanceOf(UserException.class)
        .message()
        .contains(sentence);
  }

  @Test
  void everythingIsRead() {
    Job job = parsed(JOB);
    assertThat(job.files()).containsExactly("a.csv", "b.csv");
    assertThat(job.sourceOptions()).isEqualTo(Map.of("delimiter", ";"));
    assertThat(job.destinationOptions()).isEqualTo(Map.of("token", "env:TOKEN", "gzip", "true"));
    assertThat(job.startAt()).isEqualTo(3);
    assertThat(job.to()).isEqualTo("https://api.example.com/people");
    assertThat(job.mapping()).containsEntry("trim", true).containsEntry("key", List.of("email"));
    assertThat(job.settings()).containsEntry(JobKey.FAIL_AFTER, "10%");
  }

  @Test
  void jobStoredAsTextIsTheSameJob() {
    Job job = parsed(JOB);
    assertThat(JobFile.parse("stored", Json.text(job.tree())).job()).isEqualTo(job);
  }

  @Test
  void unknownNamesAreToldWithLineAndSuggestion() {
    refuses(JOB + "polcy: {}\n", "job.yaml, line 22", "'polcy'", "did you mean 'policy'");
    refuses(JOB.replace("rate: 4", "rat: 4"), "job.yaml, line 19", "policy has no 'rat'", "'rate'");
    refuses(JOB.replace("format: csv", "fromat: csv"), "line 4", "source has no 'fromat'");
  }

  @Test
  void wrongValuesAreToldWithLineAndPath() {
    refuses(JOB.replace("rate: 4", "rate: fast"), "job.yaml, line 19: policy.rate takes a number");
    refuses(JOB.replace("start-at: 3", "start-at: [3]"), "line 5", "start-at takes a single value");
    refuses(JOB.replace("to: https", "x: https"), "line 8", "destination has no 'x'");
  }

  @Test
  void brokenYamlIsToldWithItsLine() {
    refuses("source:\n  files: [a.csv\ndestination: x\n", "job.yaml, line 3", "no YAML");
    refuses("", "job.yaml is empty");
    refuses("- a\n", "a job takes settings");
  }

  @Test
  void partsThatAreMissingAreNamed() {
    refuses("source: {files: a.csv}\n", "No destination is named", "destination.to");
    refuses("destination: {to: 'sim:'}\n", "No file is named", "source.files");
  }

  @Test
  void jsonIsYaml() {
    Job job = parsed("{\"source\": {\"files\": \"a.csv\"}, \"destination\": {\"to\": \"sim:\"}}");
    assertThat(job.files()).containsExactly("a.csv");
  }
}
