package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.Query.Comparison;
import dev.waybill.server.catalog.Tenant;
import java.util.List;
import java.util.Optional;

/// Finds the flow that a person means.
final class NamedFlow {

  private NamedFlow() {}

  /// @param name its id or its name
  /// @throws UserException if there is none, or several have the name
  static Flow find(Catalog catalog, Tenant tenant, String name) {
    Optional<Flow> byId = catalog.flow(tenant, name);
    if (byId.isPresent()) {
      return byId.get();
    }
    List<Flow> named =
        catalog.flows(tenant, Query.newest(2).where("name", Comparison.EQUAL, name)).items();
    if (named.size() == 1) {
      return named.getFirst();
    }
    throw new UserException(
        (named.isEmpty() ? "There is no flow " : "There are several flows called ")
            + name
            + " in "
            + tenant.organisation()
            + "/"
            + tenant.sandbox()
            + "; give a flow's id, as its page shows it.");
  }
}
