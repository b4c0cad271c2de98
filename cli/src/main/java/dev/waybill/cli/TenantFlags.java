package dev.waybill.cli;

import dev.waybill.server.catalog.Tenant;
import picocli.CommandLine.Option;

/// Whose things they are.
final class TenantFlags {

  @Option(
      names = "--org",
      required = true,
      paramLabel = "ORGANISATION",
      description = "The organisation.")
  private String organisation = "";

  @Option(names = "--sandbox", paramLabel = "NAME", description = "The sandbox (default prod).")
  private String sandbox = "prod";

  Tenant tenant() {
    return new Tenant(organisation, sandbox);
  }
}
