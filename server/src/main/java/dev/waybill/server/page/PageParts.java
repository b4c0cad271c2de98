package dev.waybill.server.page;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.SecretKeeper;
import dev.waybill.server.access.SessionCookie;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.work.Admission;
import dev.waybill.server.work.Works;
import java.time.InstantSource;

/// What the page stands on.
///
/// @param connectors the sources and destinations that the editor offers
/// @param cookie how the session's cookie is given: by whether browsers come by `https`
public record PageParts(
    Catalog catalog,
    Works works,
    AccessRoom access,
    Connectors connectors,
    SessionCookie cookie,
    InstantSource clock) {

  /// What the jobs of flows come in by.
  Admission admission() {
    return new Admission(new SecretKeeper(access.secrets()), connectors);
  }
}
