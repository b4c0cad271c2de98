package dev.waybill.server.rest;

import dev.waybill.server.catalog.Sandbox;
import dev.waybill.server.catalog.Stamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Who made and changed what, as it is noted and shown.
final class Stamps {

  /// What a client may not set of any thing.
  static final String[] OURS = {
    "id",
    "createdAt",
    "updatedAt",
    "createdBy",
    "updatedBy",
    "createdClient",
    "updatedClient",
    "sandboxId",
    "sandboxName",
    "imsOrgId",
    "state",
    "version",
    "etag"
  };

  private final Clock clock;

  Stamps(Clock clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Stamp first(Call call) {
    return Stamp.first(now(), call.caller().name(), call.caller().client());
  }

  Stamp next(Call call, Stamp before) {
    return before.next(now(), call.caller().name());
  }

  /// What all things show.
  static JsonObject form(String id, Sandbox sandbox, Stamp stamp) {
    return JsonObject.empty()
        .put("id", id)
        .put("createdAt", stamp.createdAt().toEpochMilli())
        .put("updatedAt", stamp.updatedAt().toEpochMilli())
        .put("createdBy", stamp.createdBy())
        .put("updatedBy", stamp.updatedBy())
        .put("createdClient", stamp.createdClient())
        .put("updatedClient", stamp.createdClient())
        .put("sandboxId", sandbox.id())
        .put("sandboxName", sandbox.tenant().sandbox())
        .put("imsOrgId", sandbox.tenant().organisation());
  }
}
