package dev.waybill.server.work;

import dev.waybill.server.catalog.Tenant;
import dev.waybill.spi.Permits;

/// What of the machine a flow may use.
@FunctionalInterface
public interface PermitsFor {

  /// What a tenant's flow may use: secrets, addresses.
  Permits of(Tenant tenant, Owner owner);

  /// Who made a flow.
  enum Owner {
    /// Somebody by REST or on the page.
    CLIENT,
    /// Whoever put its file into the flows' folder, and so has the machine.
    FOLDER
  }
}
