package dev.waybill.server.rest;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.SourceProvider;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The kinds of sources and destinations that there are, as connection specifications, and the one
/// flow specification that joins any of them. Their ids follow from their names, so they are the
/// same in every installation.
final class Specs {

  static final String VERSION = "1.0";

  private static final String PROVIDER = id("provider");

  /// The flow specification's id.
  static final String FLOW = id("flow");

  /// A kind of source or destination.
  sealed interface Spec {
    String id();

    /// Never the same for two: clients choose by it.
    String name();

    List<Option> options();

    /// Whether this option's value is secret.
    default boolean hides(String option) {
      return options().stream()
          .anyMatch(each -> each.name().equals(option) && each.kind() == Option.Kind.SECRET);
    }
  }

  /// A kind of source.
  ///
  /// @param format by which a job names it; null for a live one, which its address names
  record SourceSpec(
      String id, String name, String summary, @Nullable String format, List<Option> options)
      implements Spec {

    static SourceSpec of(SourceProvider source) {
      return new SourceSpec(
          Specs.id("source:" + source.name()),
          source.name() + "-source",
          source.summary(),
          source.name(),
          source.options());
    }

    static SourceSpec of(LiveSourceProvider source) {
      return new SourceSpec(
          Specs.id("live:" + source.name()),
          source.name() + "-live-source",
          source.summary(),
          null,
          source.options());
    }
  }

  /// A kind of destination.
  record DestinationSpec(String id, DestinationProvider provider) implements Spec {
    @Override
    public String name() {
      return provider.schemes().getFirst() + "-destination";
    }

    @Override
    public List<Option> options() {
      return provider.options();
    }
  }

  private final Map<String, Spec> byId = new LinkedHashMap<>();

  Specs(Connectors connectors) {
    connectors.sources().forEach(source -> add(SourceSpec.of(source)));
    connectors.liveSources().forEach(source -> add(SourceSpec.of(source)));
    connectors
        .destinations()
        .forEach(
            destination ->
                add(
                    new DestinationSpec(
                        id("destination:" + destination.schemes().getFirst()), destination)));
  }

  private void add(Spec spec) {
    byId.put(spec.id(), spec);
  }

  /// RFC 9562, section 5.3.
  private static String id(String name) {
    return UUID.nameUUIDFromBytes(("waybill:" + name).getBytes(StandardCharsets.UTF_8)).toString();
  }

  Optional<Spec> spec(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// @throws ApiProblem if there is none
  Spec required(String id) {
    return spec(id).orElseThrow(() -> ApiProblem.invalidSpec(id));
  }

  Answer listConnectionSpecs(Call call) {
    return list(call, byId.values().stream().map(Specs::form).toList());
  }

  Answer connectionSpec(Call call) {
    String id = call.path("id");
    Spec spec = spec(id).orElseThrow(() -> ApiProblem.notFound("connectionSpecs", id));
    return Answer.ok(JsonObject.empty().put("items", List.of(form(spec).members())));
  }

  Answer listFlowSpecs(Call call) {
    return list(call, List.of(flowSpec()));
  }

  Answer flowSpec(Call call) {
    String id = call.path("id");
    if (!id.equals(FLOW)) {
      throw ApiProblem.notFound("flowSpecs", id);
    }
    return Answer.ok(JsonObject.empty().put("items", List.of(flowSpec().members())));
  }

  /// All of them at once: there are few.
  private static Answer list(Call call, List<JsonObject> all) {
    var conditions = new ArrayList<Condition>();
    call.queryAll("property").forEach(property -> conditions.addAll(Condition.parse(property)));
    var items =
        all.stream()
            .filter(spec -> conditions.stream().allMatch(condition -> condition.holds(spec)))
            .map(JsonObject::members)
            .toList();
    return Answer.ok(JsonObject.empty().put("items", items).put("_links", JsonObject.empty()));
  }

  private static JsonObject form(Spec spec) {
    var form =
        JsonObject.empty()
            .put("id", spec.id())
            .put("name", spec.name())
            .put("providerId", PROVIDER)
            .put("version", VERSION);
    JsonObject options = options(spec.options());
    JsonObject auth =
        JsonObject.empty()
            .put("name", "Options")
            .put("type", "Options")
            .put("spec", schema(options, List.of()));
    form.put("authSpec", List.of(auth.members()));
    switch (spec) {
      case SourceSpec source -> {
        form.put("description", source.summary());
        form.put(
            "attributes",
            JsonObject.empty().put("isSource", true).put("isLive", source.format() == null));
        form.put("sourceSpec", part("Source", schema(source(options.copy()), List.of("path"))));
      }
      case DestinationSpec destination -> {
        form.put("description", destination.provider().summary());
        form.put(
            "attributes",
            JsonObject.empty()
                .put("isDestination", true)
                .put("schemes", destination.provider().schemes()));
        JsonObject properties = options.copy();
        properties.put("to", text("The address, as in --to: SCHEME:ADDRESS."));
        form.put("targetSpec", part("Target", schema(properties, List.of("to"))));
      }
    }
    return form;
  }

  private static JsonObject source(JsonObject properties) {
    return properties
        .put("path", text("The file to read, or a pattern for several."))
        .put(
            "files",
            JsonObject.empty()
                .put("type", "array")
                .put("items", JsonObject.empty().put("type", "string"))
                .put("description", "In place of path: several files."))
        .put("start-at", text("The first record to deliver, counted from 1."))
        .put("limit", text("How many records to deliver at most."));
  }

  private static JsonObject part(String name, JsonObject schema) {
    return JsonObject.empty().put("name", name).put("type", name).put("spec", schema);
  }

  private static JsonObject schema(JsonObject properties, List<String> required) {
    return JsonObject.empty()
        .put("$schema", "http://json-schema.org/draft-07/schema#")
        .put("type", "object")
        .put("properties", properties)
        .put("required", required);
  }

  private static JsonObject text(String description) {
    return JsonObject.empty().put("type", "string").put("description", description);
  }

  private static JsonObject options(List<Option> options) {
    var properties = JsonObject.empty();
    for (Option option : options) {
      JsonObject property = text(option.description()).put("default", option.defaultValue());
      if (!option.choices().isEmpty()) {
        property.put("enum", option.choices());
      }
      if (option.kind() == Option.Kind.SECRET) {
        property.put("format", "password").put("writeOnly", true);
      }
      properties.put(option.name(), property);
    }
    return properties;
  }

  private JsonObject flowSpec() {
    return JsonObject.empty()
        .put("id", FLOW)
        .put("name", "Delivery")
        .put("providerId", PROVIDER)
        .put("version", VERSION)
        .put("description", "Records from any source to any destination, each accounted for.")
        .put("sourceConnectionSpecIds", ids(SourceSpec.class))
        .put("targetConnectionSpecIds", ids(DestinationSpec.class))
        .put("optionSpec", part("OptionSpec", schema(flowOptions(), List.of())))
        .put("scheduleSpec", part("PeriodicSchedule", schema(schedule(), List.of())))
        .put(
            "transformationSpecs",
            List.of(
                part("Mapping", schema(JsonObject.empty(), List.of())).members(),
                part("Policy", schema(JsonObject.empty(), List.of())).members()));
  }

  private List<String> ids(Class<? extends Spec> kind) {
    return byId.values().stream().filter(kind::isInstance).map(Spec::id).toList();
  }

  private static JsonObject flowOptions() {
    return JsonObject.empty()
        .put(
            "errorDiagnosticsEnabled",
            JsonObject.empty()
                .put("type", "boolean")
                .put("description", "Whether a run shows why records were not delivered."))
        .put(
            "partialIngestionPercent",
            JsonObject.empty()
                .put("type", "number")
                .put("description", "The share of errors allowed before a run counts as failed."))
        .put(
            "pauseAfterFailure",
            JsonObject.empty()
                .put("type", "boolean")
                .put("description", "Whether the flow is disabled once a run of it has failed."));
  }

  private static JsonObject schedule() {
    return JsonObject.empty()
        .put("startTime", text("Seconds since 1970-01-01."))
        .put("frequency", text("once, minute, hour, day or week."))
        .put("interval", text("How many of them lie between two runs."))
        .put("cron", text("In their place: five fields, as in crontab."))
        .put("timezone", text("For cron; UTC if it is not given."));
  }
}
