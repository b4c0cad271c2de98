package dev.waybill.server.work;

import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobFile;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.Masked;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.json.Json;
import dev.waybill.mapping.Nearest;
import dev.waybill.server.access.SecretKeeper;
import dev.waybill.server.access.SecretKeeper.Owner;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.spi.Option;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets the jobs of clients in, from wherever they come: holds them against what there is, and
/// keeps their secrets.
///
/// @param connectors those that there are
public record Admission(SecretKeeper keeper, Connectors connectors) {

  /// The job in a text, if all of it is as it should be.
  ///
  /// @param name how complaints call it
  /// @throws UserException if not; says where
  public static Job checked(String name, String text, Connectors connectors) {
    Job job = JobFile.parse(name, text).job();
    if (job.settings().containsKey(JobKey.OUT)) {
      throw new UserException(
          "out is not for flows: the files of their runs lie in the service's directory.");
    }
    requireNoPassword("The destination's address", job.to());
    job.files().forEach(file -> requireNoPassword("The source's address", file));
    requireKnown("destination", destinationOptions(job, connectors), job.destinationOptions());
    requireKnown("source", sourceOptions(job, connectors), job.sourceOptions());
    job.mappingSpec();
    return job;
  }

  private static List<Option> destinationOptions(Job job, Connectors connectors) {
    return connectors.destination(job.to()).options();
  }

  private static List<Option> sourceOptions(Job job, Connectors connectors) {
    return connectors.sourceOptions(job.format(), job.files());
  }

  /// An address is shown to everybody, so there must be no password in it.
  ///
  /// @param what begins the complaint
  /// @throws UserException if there is one
  public static void requireNoPassword(String what, String address) {
    if (!Masked.address(address).equals(address)) {
      throw new UserException(
          what
              + " "
              + Masked.address(address)
              + " has a password in it, where everybody would see it; leave it away there and give"
              + " it as an option.");
    }
  }

  private static void requireKnown(String part, List<Option> known, Map<String, String> given) {
    List<String> names = known.stream().map(Option::name).sorted().toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw new UserException(
            part
                + ".options has no '"
                + name
                + "'"
                + Nearest.suggestion(name, names)
                + "; it has "
                + (names.isEmpty() ? "none" : String.join(", ", names))
                + ".");
      }
    }
  }

  /// The job of a flow as it is stored: as JSON, with references where secrets stood in the clear.
  ///
  /// @param job one that was checked
  /// @param flow the flow's id
  /// @param by who gives it
  public String stored(Tenant tenant, String flow, String by, Job job) {
    var owner = new Owner(tenant, owner(flow), by);
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(job.tree());
    keep(owner, "source", tree, sourceOptions(job, connectors));
    keep(owner, "destination", tree, destinationOptions(job, connectors));
    return Json.text(tree);
  }

  private void keep(
      Owner owner, String part, Map<String, @Nullable Object> tree, List<Option> known) {
    if (tree.get(part) instanceof Map<?, ?> before
        && before.get("options") instanceof Map<?, ?> options) {
      var after = named(before);
      after.put(
          "options", keeper.keep(owner.part(part), named(options), name -> isSecret(known, name)));
      tree.put(part, after);
    }
  }

  private static Map<String, @Nullable Object> named(Map<?, ?> tree) {
    var named = new LinkedHashMap<String, @Nullable Object>();
    tree.forEach((key, value) -> named.put(String.valueOf(key), value));
    return named;
  }

  private static boolean isSecret(List<Option> known, String name) {
    return known.stream()
        .anyMatch(option -> option.name().equals(name) && option.kind() == Option.Kind.SECRET);
  }

  /// Forgets the secrets of a flow that is gone.
  public void forget(Tenant tenant, String flow) {
    keeper.forget(tenant, owner(flow));
  }

  private static String owner(String flow) {
    return "flow." + flow;
  }
}
