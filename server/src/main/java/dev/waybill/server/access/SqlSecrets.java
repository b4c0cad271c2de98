package dev.waybill.server.access;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import dev.waybill.spi.SecretSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Secrets as rows, encrypted.
record SqlSecrets(Store store, Vault vault, InstantSource clock) implements Secrets {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private static final int MOST_CHARACTERS = 64 << 10;

  @Override
  public void set(Tenant tenant, String name, String value, String by) {
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          "A secret's name takes letters, digits and . _ - only, up to 100, the first one a letter"
              + " or digit.");
    }
    if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
      throw new UserException("A secret has 1 to " + MOST_CHARACTERS + " characters.");
    }
    boolean first =
        store.read(
            handle ->
                handle
                    .createQuery("SELECT 1 FROM access_secret LIMIT 1")
                    .mapTo(Integer.class)
                    .findOne()
                    .isEmpty());
    String ciphertext =
        vault.encrypt(
            new Vault.Place(tenant, name),
            value,
            first ? Vault.Need.FIRST_SECRET : Vault.Need.THERE_ARE_SECRETS);
    store.write(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO access_secret
                    VALUES (:organisation, :sandbox, :name, :ciphertext, :now, :by)
                    ON CONFLICT (organisation, sandbox, name) DO UPDATE SET
                      ciphertext = excluded.ciphertext,
                      changed_at = excluded.changed_at,
                      changed_by = excluded.changed_by
                    """)
                .bind("organisation", tenant.organisation())
                .bind("sandbox", tenant.sandbox())
                .bind("name", name)
                .bind("ciphertext", ciphertext)
                .bind("now", clock.instant().toEpochMilli())
                .bind("by", by)
                .execute());
  }

  @Override
  public List<Named> list(Tenant tenant) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT name, changed_at, changed_by FROM access_secret"
                        + " WHERE organisation = :organisation AND sandbox = :sandbox ORDER BY name")
                .bind("organisation", tenant.organisation())
                .bind("sandbox", tenant.sandbox())
                .map(
                    (row, context) ->
                        new Named(
                            row.getString("name"),
                            Columns.instant(row, "changed_at"),
                            row.getString("changed_by")))
                .list());
  }

  @Override
  public boolean remove(Tenant tenant, String name) {
    return store.write(
            handle ->
                handle
                    .createUpdate(
                        "DELETE FROM access_secret WHERE organisation = :organisation"
                            + " AND sandbox = :sandbox AND name = :name")
                    .bind("organisation", tenant.organisation())
                    .bind("sandbox", tenant.sandbox())
                    .bind("name", name)
                    .execute())
        == 1;
  }

  @Override
  public SecretSource of(Tenant tenant, References beyond) {
    return new TenantSecrets(tenant, name -> find(tenant, name), beyond);
  }

  private Optional<String> find(Tenant tenant, String name) {
    return store
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT ciphertext FROM access_secret WHERE organisation = :organisation"
                            + " AND sandbox = :sandbox AND name = :name")
                    .bind("organisation", tenant.organisation())
                    .bind("sandbox", tenant.sandbox())
                    .bind("name", name)
                    .mapTo(String.class)
                    .findOne())
        .map(ciphertext -> vault.decrypt(new Vault.Place(tenant, name), ciphertext));
  }

  @Override
  public int rotateKey() {
    // A process that was about to keep a secret at the last rotation may have done so by the key
    // before, which goes now. And one that nobody can decrypt is to be known before, not after.
    encryptAnew();
    vault.rotate();
    return encryptAnew();
  }

  private int encryptAnew() {
    int count = 0;
    for (Sealed secret : all()) {
      String again =
          vault.encrypt(
              secret.place(),
              vault.decrypt(secret.place(), secret.text()),
              Vault.Need.THERE_ARE_SECRETS);
      // Only if it is still the same: one that was set meanwhile stays as it is.
      count += exchange(secret, again);
    }
    return count;
  }

  private record Sealed(Vault.Place place, String text) {}

  private List<Sealed> all() {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM access_secret")
                .map(
                    (row, context) ->
                        new Sealed(
                            new Vault.Place(
                                new Tenant(row.getString("organisation"), row.getString("sandbox")),
                                row.getString("name")),
                            row.getString("ciphertext")))
                .list());
  }

  private int exchange(Sealed secret, String again) {
    return store.write(
        handle ->
            handle
                .createUpdate(
                    "UPDATE access_secret SET ciphertext = :again WHERE organisation = :organisation"
                        + " AND sandbox = :sandbox AND name = :name AND ciphertext = :before")
                .bind("again", again)
                .bind("organisation", secret.place().tenant().organisation())
                .bind("sandbox", secret.place().tenant().sandbox())
                .bind("name", secret.place().name())
                .bind("before", secret.text())
                .execute());
  }
}
