package dev.waybill.server.page;

import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.json.Json;
import dev.waybill.server.access.Secrets;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.spi.Option;
import dev.waybill.spi.SecretSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes of a job what is stored of it: secrets that were typed in the clear are put where they are
/// kept encrypted, and a reference in their place.
final class FlowMaker {

  private final Secrets secrets;
  private final Connectors connectors;

  FlowMaker(Secrets secrets, Connectors connectors) {
    this.secrets = secrets;
    this.connectors = connectors;
  }

  /// The job as JSON.
  ///
  /// @param owner what the secrets belong to, for their names: `flow.ID`
  String stored(Tenant tenant, String by, String owner, Job job) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(job.tree());
    keep(
        tree,
        "source",
        new Kept(tenant, by, owner + ".source"),
        job.sourceOptions(),
        connectors.source(job.format(), job.files()).options());
    keep(
        tree,
        "destination",
        new Kept(tenant, by, owner + ".destination"),
        job.destinationOptions(),
        connectors.destination(job.to()).options());
    return Json.text(tree);
  }

  private record Kept(Tenant tenant, String by, String owner) {}

  private void keep(
      Map<String, @Nullable Object> tree,
      String part,
      Kept kept,
      Map<String, String> given,
      List<Option> known) {
    if (given.isEmpty() || !(tree.get(part) instanceof Map<?, ?> before)) {
      return;
    }
    var options = new LinkedHashMap<String, @Nullable Object>(given);
    for (Option option : known) {
      String value = given.get(option.name());
      if (option.kind() == Option.Kind.SECRET
          && value != null
          && !SecretSource.isReference(value)) {
        String name = kept.owner() + "." + option.name();
        secrets.set(kept.tenant(), name, value, kept.by());
        options.put(option.name(), "secret:" + name);
      }
    }
    var after = new LinkedHashMap<String, @Nullable Object>();
    before.forEach((key, value) -> after.put(String.valueOf(key), value));
    after.put("options", options);
    tree.put(part, after);
  }

  /// What a client of the API sent, without what no longer holds when the job was changed here.
  static String withoutConnections(String document) {
    if (!(Json.read(document) instanceof Map<?, ?> before)) {
      return "{}";
    }
    var after = new LinkedHashMap<String, @Nullable Object>();
    before.forEach((key, value) -> after.put(String.valueOf(key), value));
    for (String name :
        List.of(
            "sourceConnectionIds", "targetConnectionIds", "transformations", "scheduleParams")) {
      after.remove(name);
    }
    return Json.text(after);
  }
}
