package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.flow.job.JobKey;
import dev.waybill.json.Json;
import dev.waybill.mapping.MappingSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Holds `docs/job.schema.json` to the settings that the code knows and to what the help says of
/// them. When it fails, `target/job.schema.json` is what the file should be.
class JobSchemaTest {

  private static final Path SCHEMA = Path.of("../docs/job.schema.json");

  @Test
  void schemaSaysWhatTheCodeKnows() throws IOException {
    String expected = Indented.text(schema()) + "\n";
    Files.writeString(Path.of("target/job.schema.json"), expected);
    assertThat(Files.readString(SCHEMA)).isEqualTo(expected);
  }

  private static Map<String, @Nullable Object> schema() throws IOException {
    var schema = new LinkedHashMap<String, @Nullable Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "A job file of Waybill");
    schema.put("description", "What 'waybill run' does: see docs/job-files.md.");
    schema.put("type", "object");
    var parts = new LinkedHashMap<String, @Nullable Object>();
    var files = new LinkedHashMap<String, @Nullable Object>();
    files.put("description", "What to read: files, patterns, or - for standard input.");
    files.put("type", List.of("string", "array"));
    files.put("items", Map.of("type", "string"));
    files.put("minItems", 1);
    var from = new LinkedHashMap<String, @Nullable Object>();
    from.put(
        "description", "The same, for a database: sqlite:FILE, postgresql://USER@HOST/DATABASE.");
    from.put("type", "string");
    var sources = new LinkedHashMap<String, @Nullable Object>();
    sources.put("files", files);
    sources.put("from", from);
    var key = new LinkedHashMap<String, @Nullable Object>();
    key.put("description", "The fields that make up a record's key; the same as mapping.key.");
    key.put("$ref", "#/$defs/names");
    parts.put("source", part(JobKey.Section.SOURCE, "--source-option", sources));
    parts.put("destination", part(JobKey.Section.DESTINATION, "--option", Map.of()));
    parts.put("mapping", Map.of("$ref", "#/$defs/mapping"));
    parts.put("policy", part(JobKey.Section.POLICY, null, Map.of()));
    parts.put("sync", part(JobKey.Section.SYNC, null, Map.of("key", key)));
    parts.put("live", live());
    parts.put("service", service());
    parts.put("out", setting(JobKey.OUT));
    schema.put("properties", parts);
    schema.put("additionalProperties", false);
    schema.put("$defs", definitions());
    return schema;
  }

  private static Map<String, @Nullable Object> part(
      JobKey.Section section, @Nullable String options, Map<String, @Nullable Object> more) {
    var properties = new LinkedHashMap<String, @Nullable Object>(more);
    for (JobKey key : section.settings()) {
      properties.put(key.key(), setting(key));
    }
    if (options != null) {
      var map = new LinkedHashMap<String, @Nullable Object>();
      map.put("description", CommandLines.description(options));
      map.put("type", "object");
      map.put("additionalProperties", Map.of("type", List.of("string", "number", "boolean")));
      properties.put("options", map);
    }
    var part = new LinkedHashMap<String, @Nullable Object>();
    part.put("type", "object");
    part.put("properties", properties);
    part.put("additionalProperties", false);
    return part;
  }

  /// What the service reads of a file of its folder; there is no flag for it.
  private static Map<String, @Nullable Object> service() {
    var properties = new LinkedHashMap<String, @Nullable Object>();
    properties.put("description", text("For people."));
    properties.put("cron", text("When it runs: minute, hour, day of month, month, day of week."));
    properties.put("zone", text("The time zone of cron, as in Europe/Berlin; UTC if not given."));
    properties.put("every", text("When it runs, in place of cron: 15m, 1h."));
    var percent = new LinkedHashMap<String, @Nullable Object>();
    percent.put(
        "description",
        "The share of records that may stay undelivered before a run counts as failed.");
    percent.put("type", "number");
    percent.put("minimum", 0);
    percent.put("maximum", 100);
    properties.put("partial-ingestion-percent", percent);
    var enabled = new LinkedHashMap<String, @Nullable Object>();
    enabled.put("description", "Whether it may run.");
    enabled.put("type", "boolean");
    properties.put("enabled", enabled);
    var part = new LinkedHashMap<String, @Nullable Object>();
    part.put(
        "description",
        "What only the service reads (docs/serve.md): when the flow runs, and how its runs are"
            + " judged.");
    part.put("type", "object");
    part.put("properties", properties);
    part.put("additionalProperties", false);
    return part;
  }

  /// What makes a flow live; there are no flags for it.
  private static Map<String, @Nullable Object> live() {
    var properties = new LinkedHashMap<String, @Nullable Object>();
    for (JobKey key : JobKey.Section.LIVE.settings()) {
      properties.put(
          key.key(),
          setting(
              key,
              switch (key) {
                case LIVE_FLOW -> "The flow's name; by default that of its topic or table.";
                case PARK_AFTER ->
                    "How long a record that fails is tried again before it is parked (default 10m).";
                case LINGER -> "How long a record may wait for its batch to fill (default 100ms).";
                case DELETES -> "Whether deletions are applied (default) or passed over.";
                default -> throw new AssertionError(key);
              }));
    }
    var part = new LinkedHashMap<String, @Nullable Object>();
    part.put(
        "description",
        "For a source that has no end (docs/live.md): the flow goes on until it is stopped.");
    part.put("type", "object");
    part.put("properties", properties);
    part.put("additionalProperties", false);
    return part;
  }

  private static Map<String, @Nullable Object> text(String description) {
    var setting = new LinkedHashMap<String, @Nullable Object>();
    setting.put("description", description);
    setting.put("type", "string");
    return setting;
  }

  private static Map<String, @Nullable Object> setting(JobKey key) {
    return setting(key, CommandLines.description(key.flag()));
  }

  private static Map<String, @Nullable Object> setting(JobKey key, String description) {
    var setting = new LinkedHashMap<String, @Nullable Object>();
    setting.put("description", description);
    switch (key.form()) {
      case TEXT -> setting.put("type", "string");
      case COUNT -> {
        setting.put("type", "integer");
        setting.put("minimum", 1);
      }
      case RATE -> {
        setting.put("type", "number");
        setting.put("minimum", 0);
      }
      case DURATION -> {
        setting.put("type", List.of("string", "number"));
        setting.put("pattern", "^[0-9]+(\\.[0-9]+)? *(ms|s|m|h|d)?$");
      }
      case FAIL_AFTER -> {
        setting.put("type", List.of("integer", "string"));
        setting.put("pattern", "^[0-9]+(\\.[0-9]+)?%$|^[0-9]+$");
      }
      case ORDER -> setting.put("enum", List.of("none", "per-key"));
      case MODE -> setting.put("enum", List.of("upsert", "mirror", "create", "update", "append"));
      case DUPLICATES -> setting.put("enum", List.of("last", "first", "refuse"));
      case RETRY -> setting.put("enum", List.of("every-run", "backoff"));
      case SWITCH -> setting.put("type", "boolean");
      case DELETES -> setting.put("enum", List.of("apply", "ignore"));
    }
    return setting;
  }

  /// The mapping module's own schema and, beside it, its definitions, which it names from the root.
  private static Map<String, @Nullable Object> definitions() throws IOException {
    var mapping = new LinkedHashMap<String, @Nullable Object>();
    var definitions = new LinkedHashMap<String, @Nullable Object>();
    definitions.put("mapping", mapping);
    try (var in =
        Objects.requireNonNull(MappingSpec.class.getResourceAsStream("mapping.schema.json"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      members(Json.read(text))
          .forEach(
              (name, value) -> {
                switch (name) {
                  case "$schema", "$id" -> {}
                  case "$defs" -> definitions.putAll(members(value));
                  default -> mapping.put(name, value);
                }
              });
    }
    return definitions;
  }

  private static Map<String, @Nullable Object> members(@Nullable Object object) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    switch (object) {
      case Map<?, ?> map -> map.forEach((name, value) -> members.put(name.toString(), value));
      case Fields fields -> {
        for (int i = 0; i < fields.size(); i++) {
          members.put(fields.names().name(i), fields.value(i));
        }
      }
      case null, default -> throw new AssertionError("no JSON object: " + object);
    }
    return members;
  }
}
