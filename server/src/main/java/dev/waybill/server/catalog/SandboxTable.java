package dev.waybill.server.catalog;

import dev.waybill.server.store.Store;
import java.util.List;
import java.util.UUID;

/// The organisations' sandboxes.
final class SandboxTable {

  /// What an organisation's first sandbox is called.
  private static final String FIRST = "prod";

  private final Store store;

  SandboxTable(Store store) {
    this.store = store;
  }

  List<Sandbox> of(String organisation) {
    List<Sandbox> known = known(organisation);
    if (known.isEmpty()) {
      make(new Tenant(organisation, FIRST));
      return known(organisation);
    }
    return known;
  }

  private List<Sandbox> known(String organisation) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id, name, usual FROM sandbox WHERE organisation = :organisation"
                        + " ORDER BY usual DESC, name")
                .bind("organisation", organisation)
                .map(
                    (row, context) ->
                        new Sandbox(
                            row.getString("id"),
                            new Tenant(organisation, row.getString("name")),
                            row.getInt("usual") == 1))
                .list());
  }

  Sandbox make(Tenant tenant) {
    store.write(
        handle ->
            Rows.bind(
                    handle.createUpdate(
                        "INSERT INTO sandbox (id, organisation, name, usual) SELECT :id,"
                            + " :organisation, :sandbox, CASE WHEN EXISTS (SELECT 1 FROM sandbox"
                            + " WHERE organisation = :organisation) THEN 0 ELSE 1 END"
                            + " ON CONFLICT DO NOTHING"),
                    tenant)
                .bind("id", UUID.randomUUID().toString())
                .execute());
    return known(tenant.organisation()).stream()
        .filter(sandbox -> sandbox.tenant().equals(tenant))
        .findFirst()
        .orElseThrow();
  }
}
