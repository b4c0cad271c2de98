package dev.waybill.server.rest;

import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.SavedConnection;
import dev.waybill.server.catalog.SavedConnection.Kind;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.work.Admission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the job of a flow: from its own `job`, or from its connections and transformations.
final class JobMaker {

  private static final Set<String> SOURCE_SETTINGS = Set.of("start-at", "limit");

  private final Catalog catalog;
  private final Specs specs;
  private final Connectors connectors;

  JobMaker(Catalog catalog, Specs specs, Connectors connectors) {
    this.catalog = catalog;
    this.specs = specs;
    this.connectors = connectors;
  }

  /// The tree of the job, not yet checked.
  JsonObject tree(Tenant tenant, JsonObject flow) {
    JsonObject job = flow.object("job");
    List<String> sources = flow.texts("sourceConnectionIds");
    List<String> targets = flow.texts("targetConnectionIds");
    if (job != null) {
      if (!sources.isEmpty() || !targets.isEmpty()) {
        throw ApiProblem.invalid(
            "A flow has a 'job' of its own, or connections and transformations, not both.");
      }
      return job.copy();
    }
    if (sources.size() != 1 || targets.size() != 1) {
      throw ApiProblem.invalid(
          "A flow takes one id in 'sourceConnectionIds' and one in 'targetConnectionIds', or a"
              + " 'job'.");
    }
    var tree =
        JsonObject.empty()
            .put("source", source(tenant, sources.getFirst()))
            .put("destination", destination(tenant, targets.getFirst()));
    flow.objects("transformations").forEach(each -> transform(tree, each));
    return tree;
  }

  private JsonObject source(Tenant tenant, String id) {
    Settings settings = settings(tenant, Kind.SOURCE, id);
    if (!(settings.spec instanceof Specs.SourceSpec spec)) {
      throw ApiProblem.invalid("The connection " + id + " is not one to a source.");
    }
    Map<String, @Nullable Object> values = settings.values;
    Object path = values.remove("path");
    Object files = values.remove("files");
    if ((path == null) == (files == null)) {
      throw ApiProblem.invalid(
          "The source connection " + id + " takes 'path' or 'files' in its params.");
    }
    var part =
        JsonObject.empty()
            .put("files", files == null ? List.of(String.valueOf(path)) : files)
            .put("format", spec.format());
    SOURCE_SETTINGS.forEach(name -> part.put(name, values.remove(name)));
    return part.put("options", values);
  }

  private JsonObject destination(Tenant tenant, String id) {
    Settings settings = settings(tenant, Kind.TARGET, id);
    if (!(settings.spec instanceof Specs.DestinationSpec spec)) {
      throw ApiProblem.invalid("The connection " + id + " is not one to a destination.");
    }
    Object to = settings.values.remove("to");
    if (!(to instanceof String address)
        || spec.provider().schemes().stream().noneMatch(s -> address.startsWith(s + ":"))) {
      throw ApiProblem.invalid(
          "The target connection "
              + id
              + " takes 'to' in its params: an address that begins with "
              + String.join(": or ", spec.provider().schemes())
              + ":.");
    }
    return JsonObject.empty().put("to", address).put("options", settings.values);
  }

  private record Settings(Specs.Spec spec, Map<String, @Nullable Object> values) {}

  /// A connection's settings on top of those of its base connection.
  private Settings settings(Tenant tenant, Kind kind, String id) {
    SavedConnection connection = connection(tenant, kind, id);
    JsonObject document = JsonObject.kept(connection.document());
    var values = new LinkedHashMap<String, @Nullable Object>();
    String base = document.text("baseConnectionId");
    if (base != null) {
      values.putAll(params(JsonObject.kept(connection(tenant, Kind.BASE, base).document())));
    }
    values.putAll(params(document));
    return new Settings(specs.required(connection.spec()), values);
  }

  private SavedConnection connection(Tenant tenant, Kind kind, String id) {
    SavedConnection connection =
        catalog
            .connection(tenant, id)
            .filter(found -> found.kind() == kind)
            .orElseThrow(
                () -> ApiProblem.invalid("There is no " + Connections.path(kind) + " " + id + "."));
    if (!connection.enabled()) {
      throw ApiProblem.invalid("The connection " + id + " is a draft; publish it first.");
    }
    return connection;
  }

  private static Map<String, @Nullable Object> params(JsonObject document) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    JsonObject auth = document.object("auth");
    JsonObject authParams = auth == null ? null : auth.object("params");
    if (authParams != null) {
      values.putAll(authParams.members());
    }
    JsonObject data = document.object("data");
    if (data != null && data.has("columnDelimiter")) {
      values.put("delimiter", data.text("columnDelimiter"));
    }
    JsonObject params = document.object("params");
    if (params != null) {
      values.putAll(params.members());
    }
    return values;
  }

  private static void transform(JsonObject tree, JsonObject transformation) {
    JsonObject params = transformation.object("params");
    if (params == null) {
      throw ApiProblem.invalid("A transformation has 'name' and 'params'.");
    }
    switch (transformation.required("name").toLowerCase(Locale.ROOT)) {
      case "mapping" -> {
        if (params.has("mappingId")) {
          throw ApiProblem.invalid(
              "There are no mapping sets here: give the mapping itself in 'params', as in a job"
                  + " file.");
        }
        tree.put("mapping", params);
      }
      case "policy" -> tree.put("policy", params);
      default ->
          throw ApiProblem.badValue(
              transformation.required("name"), "transformations[].name", "Mapping or Policy");
    }
  }

  /// The job, if all of it is as it should be.
  ///
  /// @throws ApiProblem if not; says where
  Job checked(JsonObject tree) {
    try {
      return Admission.checked("job", tree.toString(), connectors);
    } catch (UserException e) {
      // A job that came as JSON has no lines that anybody would count.
      throw ApiProblem.invalid(
          String.valueOf(e.getMessage()).replaceAll("job, line \\d+: ", "job: "));
    }
  }
}
