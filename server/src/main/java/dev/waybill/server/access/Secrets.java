package dev.waybill.server.access;

import dev.waybill.server.catalog.Tenant;
import dev.waybill.spi.SecretSource;
import java.time.Instant;
import java.util.List;

/// The secrets of flows, kept encrypted. A job names one as `secret:NAME`; nothing shows it again.
/// Safe for use by many threads and processes.
///
/// All methods throw [dev.waybill.UserException] if the database or the key can not be used.
public interface Secrets {

  /// Keeps a secret, in place of one with the same name.
  ///
  /// @param name letters, digits and `. _ -`, up to 100
  /// @param by who gives it
  void set(Tenant tenant, String name, String value, String by);

  /// What there is, by name.
  List<Named> list(Tenant tenant);

  /// A secret without what is secret of it.
  record Named(String name, Instant changedAt, String changedBy) {}

  /// Forgets a secret.
  ///
  /// @return whether there was one
  boolean remove(Tenant tenant, String name);

  /// Where the flows of a tenant get their secrets.
  ///
  /// @param beyond what of the machine's own secrets they may name
  SecretSource of(Tenant tenant, References beyond);

  /// Makes a new key, and encrypts all secrets of all tenants by it. May be done while the service
  /// runs.
  ///
  /// @return how many there were
  int rotateKey();
}
