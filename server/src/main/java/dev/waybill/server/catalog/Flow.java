package dev.waybill.server.catalog;

import org.jspecify.annotations.Nullable;

/// A saved source, destination, mapping, policy and schedule.
///
/// @param id never the same for two
/// @param job the job as a JSON text, in the form of a job file; no secret stands in it in the
///   clear
/// @param options how its runs are judged
/// @param schedule when it runs by itself; null for never
/// @param enabled whether it may run at all
/// @param folderFile the file of the flows' folder that it comes from, which alone may change it;
///   null if it comes from none
/// @param document what a client of the API sent besides, as a JSON object: ids of connections,
///   `transformations`, `scheduleParams`, `flowSpec`; kept so that it gets back what it sent
public record Flow(
    String id,
    Tenant tenant,
    String name,
    @Nullable String description,
    String job,
    FlowOptions options,
    @Nullable Schedule schedule,
    boolean enabled,
    @Nullable String folderFile,
    String document,
    Stamp stamp) {

  /// The same, which may run, or may not.
  ///
  /// @param changed by whom, and when
  public Flow enabled(boolean may, Stamp changed) {
    return new Flow(
        id, tenant, name, description, job, options, schedule, may, folderFile, document, changed);
  }
}
